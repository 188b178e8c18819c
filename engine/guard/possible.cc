#include "engine/guard/possible.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {
namespace {

bool holds_unknown(const Json& value) {
  return is_unknown(value) ||
         (value.is_structured() && std::any_of(value.begin(), value.end(), [](const Json& member) {
            return holds_unknown(member);
          }));
}

// Whether the value at a path of the data is known, and all inside it. Absent counts as known.
bool is_known_path(const Path& path, const Scope& scope) {
  if (path.steps.empty()) return !holds_unknown(scope.whole());
  const Json* at = scope.member(path.steps.front().key);
  for (std::size_t i = 1; at != nullptr && i < path.steps.size(); ++i) {
    if (is_unknown(*at)) return false;
    at = follow(*at, path.steps[i]);
  }
  return at == nullptr || !holds_unknown(*at);
}

bool is_known_key(const Json& key, const Scope& scope) {
  if (key.is_array()) {
    return std::all_of(key.begin(), key.end(),
                       [&](const Json& each) { return is_known_key(each, scope); });
  }
  const auto path = dotted_path(key);
  return path && is_known_path(*path, scope);
}

// `inside`: whether the rule runs in the body of an iteration. What a plain path leads to there is
// a part of the list, which was looked at already.
bool is_known(const Rule& rule, const Scope& scope, bool inside) {
  switch (rule.operation) {
    case Operator::kVariable:
    case Operator::kValue:
    case Operator::kExists:
      if (!rule.fixed_path) return false;
      if (inside ? rule.path.levels_up > 0 : !is_known_path(rule.path, scope)) return false;
      break;
    case Operator::kMissing:
    case Operator::kMissingSome:
      if (inside || !std::all_of(rule.arguments.begin(), rule.arguments.end(), [&](const Rule& a) {
            return a.operation == Operator::kLiteral &&
                   (a.literal.is_number() || is_known_key(a.literal, scope));
          })) {
        return false;
      }
      break;
    default:
      break;
  }
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    if (!is_known(rule.arguments[i], scope, inside || has_own_frame(rule.operation, i)))
      return false;
  }
  return true;
}

Truth of_whole(const Rule& rule, const Scope& scope) {
  if (!is_known(rule, scope)) return Truth::kUnknown;
  Evaluator evaluator(scope);
  const auto outcome = evaluator.run(rule);
  if (!outcome) return Truth::kFails;
  return truthy(outcome->get()) ? Truth::kTrue : Truth::kFalse;
}

// `and` (`decisive` is kFalse) and `or` (kTrue), read from left to right as they are evaluated.
Truth connected(const Rule& rule, const Scope& scope, Truth decisive) {
  const Truth neutral = decisive == Truth::kFalse ? Truth::kTrue : Truth::kFalse;
  Truth result = neutral;
  for (const Rule& argument : rule.arguments) {
    const Truth each = possible_truth(argument, scope);
    if (each == neutral) continue;
    if (each == decisive) return decisive;  // what came before fails or decides the same way
    if (each == Truth::kFails) return result == Truth::kUnknown ? Truth::kUnknown : each;
    result = Truth::kUnknown;
  }
  return result;
}

Truth chosen(const Rule& rule, const Scope& scope, std::size_t from) {
  if (from >= rule.arguments.size()) return Truth::kFalse;  // the result is null
  if (from + 1 == rule.arguments.size()) return possible_truth(rule.arguments[from], scope);
  const Truth condition = possible_truth(rule.arguments[from], scope);
  if (condition == Truth::kFails) return condition;
  if (condition == Truth::kTrue) return possible_truth(rule.arguments[from + 1], scope);
  const Truth otherwise = chosen(rule, scope, from + 2);
  if (condition == Truth::kFalse) return otherwise;
  return possible_truth(rule.arguments[from + 1], scope) == otherwise ? otherwise : Truth::kUnknown;
}

Truth negated(Truth truth) {
  if (truth == Truth::kTrue) return Truth::kFalse;
  return truth == Truth::kFalse ? Truth::kTrue : truth;
}

}  // namespace

Truth possible_truth(const Rule& rule, const Scope& scope) {
  const bool listed = rule.listed && !rule.arguments.empty();
  switch (rule.operation) {
    case Operator::kAnd:
      return listed ? connected(rule, scope, Truth::kFalse) : of_whole(rule, scope);
    case Operator::kOr:
      return listed ? connected(rule, scope, Truth::kTrue) : of_whole(rule, scope);
    case Operator::kIf:
      return listed ? chosen(rule, scope, 0) : of_whole(rule, scope);
    case Operator::kNot:
      return listed ? negated(possible_truth(rule.arguments[0], scope)) : of_whole(rule, scope);
    case Operator::kTruthy:
      return listed ? possible_truth(rule.arguments[0], scope) : of_whole(rule, scope);
    default:
      return of_whole(rule, scope);
  }
}

bool is_known(const Rule& rule, const Scope& scope) { return is_known(rule, scope, false); }

}  // namespace mingjian::guard
