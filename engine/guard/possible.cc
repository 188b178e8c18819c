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

// What an evaluation may come to.
struct Outcomes {
  bool holds = false;
  bool does_not = false;
  bool fails = false;
};

// Whether the evaluation gives a result whatever the data, but for the bounds of an evaluation.
bool never_fails(const Rule& rule) {
  switch (rule.operation) {
    case Operator::kLiteral:
    case Operator::kPreserve:
    case Operator::kInState:
      return true;
    case Operator::kVariable:
    case Operator::kValue:
    case Operator::kExists:
      if (!rule.fixed_path) return false;
      break;
    case Operator::kStrictlyEqual:
    case Operator::kStrictlyNotEqual:
      if (!rule.listed || rule.arguments.size() < 2) return false;
      break;
    case Operator::kCoalesce:
      break;
    default:
      return false;
  }
  return std::all_of(rule.arguments.begin(), rule.arguments.end(), never_fails);
}

Outcomes of_whole(const Rule& rule, const Scope& scope) {
  if (!is_known(rule, scope)) return {true, true, !never_fails(rule)};
  Evaluator evaluator(scope);
  const auto outcome = evaluator.run(rule);
  if (!outcome) return {false, false, true};
  const bool holds = truthy(outcome->get());
  return {holds, !holds, false};
}

Outcomes outcomes(const Rule& rule, const Scope& scope);

// `and` and `or`, read from left to right as they are evaluated. The one goes on after an argument
// that holds, the other after one that does not.
Outcomes connected(const Rule& rule, const Scope& scope) {
  bool Outcomes::*const onward =
      rule.operation == Operator::kAnd ? &Outcomes::holds : &Outcomes::does_not;
  bool Outcomes::*const decided =
      rule.operation == Operator::kAnd ? &Outcomes::does_not : &Outcomes::holds;
  Outcomes all;
  for (const Rule& argument : rule.arguments) {
    const Outcomes each = outcomes(argument, scope);
    all.*decided = all.*decided || each.*decided;
    all.fails = all.fails || each.fails;
    if (!(each.*onward)) return all;
  }
  all.*onward = true;
  return all;
}

Outcomes chosen(const Rule& rule, const Scope& scope) {
  Outcomes all;
  const auto may_be = [&](const Outcomes& branch) {
    all.holds = all.holds || branch.holds;
    all.does_not = all.does_not || branch.does_not;
    all.fails = all.fails || branch.fails;
  };
  std::size_t i = 0;
  for (; i + 1 < rule.arguments.size(); i += 2) {
    const Outcomes condition = outcomes(rule.arguments[i], scope);
    all.fails = all.fails || condition.fails;
    if (condition.holds) may_be(outcomes(rule.arguments[i + 1], scope));
    if (!condition.does_not) return all;
  }
  if (i < rule.arguments.size()) {
    may_be(outcomes(rule.arguments[i], scope));
  } else {
    all.does_not = true;  // the result is null
  }
  return all;
}

Outcomes outcomes(const Rule& rule, const Scope& scope) {
  if (!rule.listed || rule.arguments.empty()) return of_whole(rule, scope);
  switch (rule.operation) {
    case Operator::kAnd:
    case Operator::kOr:
      return connected(rule, scope);
    case Operator::kIf:
      return chosen(rule, scope);
    case Operator::kTruthy:
      return outcomes(rule.arguments[0], scope);
    case Operator::kNot: {
      const Outcomes inner = outcomes(rule.arguments[0], scope);
      return {inner.does_not, inner.holds, inner.fails};
    }
    default:
      return of_whole(rule, scope);
  }
}

}  // namespace

Truth possible_truth(const Rule& rule, const Scope& scope) {
  const Outcomes possible = outcomes(rule, scope);
  if (possible.holds) return possible.does_not || possible.fails ? Truth::kUnknown : Truth::kTrue;
  return possible.does_not ? Truth::kFalse : Truth::kFails;
}

bool is_known(const Rule& rule, const Scope& scope) { return is_known(rule, scope, false); }

}  // namespace mingjian::guard
