#include "engine/guard/explain.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"
#include "engine/guard/explainer.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {
namespace {

constexpr std::size_t kMostAlternatives = 5;

bool compares(Operator operation) {
  return operation >= Operator::kEqual && operation <= Operator::kGreaterOrEqual;
}

bool quantifies(Operator operation) {
  return operation == Operator::kAll || operation == Operator::kSome ||
         operation == Operator::kNone;
}

// The fields that a rule reads outside of bodies, as names, up to `most`.
void collect_fields(const Rule& rule, std::size_t most, std::vector<const Rule*>& fields) {
  if (fields.size() >= most) return;
  if (rule.fixed_path) fields.push_back(&rule);
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    if (has_own_frame(rule.operation, i)) continue;
    collect_fields(rule.arguments[i], most, fields);
  }
}

}  // namespace

Text joined(const Reasons& reasons, const Text& separator) {
  Text text;
  for (const Text& reason : reasons) {
    if (!text.zh.empty()) {
      text.zh += separator.zh;
      text.en += separator.en;
    }
    text.zh += reason.zh;
    text.en += reason.en;
  }
  return {shortened(text.zh, kLongestReason), shortened(text.en, kLongestReason)};
}

Reasons Explainer::why(const Rule& rule, const Place& place, bool wanted) {
  const auto outcome = evaluator_.run(rule, place.values);
  if (evaluator_.exhausted()) return {};
  if (!outcome) return failed(rule, place, outcome.error());
  if (truthy(outcome->get()) == wanted) return {};
  Reasons reasons;
  switch (rule.operation) {
    case Operator::kAnd:
    case Operator::kOr:
      reasons = connected(rule, place, wanted);
      break;
    case Operator::kNot:
    case Operator::kTruthy:
      if (rule.arguments.empty()) break;
      reasons = why(rule.arguments.front(), place, wanted != (rule.operation == Operator::kNot));
      break;
    case Operator::kIf:
      reasons = branch(rule, place, wanted);
      break;
    case Operator::kVariable:
    case Operator::kValue:
    case Operator::kExists:
      reasons = variable(rule, place, wanted);
      break;
    case Operator::kMissing:
    case Operator::kMissingSome:
      reasons = missing(rule, place, wanted);
      break;
    case Operator::kInState:
      reasons = in_state(rule, wanted);
      break;
    case Operator::kIn:
      reasons = contained(rule, place, wanted);
      break;
    case Operator::kAll:
    case Operator::kSome:
    case Operator::kNone:
      reasons = quantified(rule, place, wanted);
      break;
    default:
      if (compares(rule.operation)) reasons = compared(rule, place, wanted);
  }
  return reasons.empty() ? other(rule, place) : reasons;
}

// Where all parts must change each gives its reasons; where one is enough they are one reason.
Reasons Explainer::connected(const Rule& rule, const Place& place, bool wanted) {
  const bool all = (rule.operation == Operator::kAnd) == wanted;
  Reasons reasons;
  std::size_t alternatives = 0;
  for (const Rule& argument : rule.arguments) {
    // What comes after a part that decides need not even be possible.
    const bool decided = all && !reasons.empty();
    if (decided && !evaluator_.run(argument, place.values)) continue;
    Reasons more = why(argument, place, wanted);
    if (more.empty()) continue;
    if (all) {
      reasons.insert(reasons.end(), more.begin(), more.end());
      if (reasons.size() > kMostReasons) break;
    } else if (++alternatives <= kMostAlternatives) {
      reasons.push_back(joined(more, {"，并且", " and "}));
    } else {
      reasons.push_back({"……", "..."});
      break;
    }
  }
  if (all || reasons.size() < 2) return reasons;
  const Text choices = joined(reasons, {"；或者", "; or "});
  return {{"以下至少应有一项：" + choices.zh, "one of these is needed: " + choices.en}};
}

Reasons Explainer::branch(const Rule& rule, const Place& place, bool wanted) {
  const auto& parts = rule.arguments;
  std::size_t i = 0;
  for (; i + 1 < parts.size(); i += 2) {
    const auto condition = evaluator_.run(parts[i], place.values);
    if (!condition) return failed(parts[i], place, condition.error());
    if (truthy(condition->get())) return why(parts[i + 1], place, wanted);
  }
  return i < parts.size() ? why(parts[i], place, wanted) : Reasons();
}

// The first argument that fails says why; where none does, the operation itself cannot be done.
Reasons Explainer::failed(const Rule& rule, const Place& place, const Json& error) {
  if (rule.operation == Operator::kIf && rule.listed) return branch(rule, place, true);
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    if (has_own_frame(rule.operation, i)) break;
    const auto outcome = evaluator_.run(rule.arguments[i], place.values);
    if (evaluator_.exhausted()) return {};
    if (!outcome) return failed(rule.arguments[i], place, outcome.error());
  }
  if (compares(rule.operation) && rule.listed && rule.arguments.size() >= 2) {
    Reasons reasons = compared(rule, place, true);
    if (!reasons.empty()) return reasons;
  }
  if (quantifies(rule.operation) && rule.listed && rule.arguments.size() >= 2) {
    Reasons reasons = quantified(rule, place, true);
    if (!reasons.empty()) return reasons;
  }
  const auto type = error.is_object() ? error.find("type") : error.end();
  const std::string kind =
      error.is_object() && type != error.end() ? shortened(to_text(*type), 40) : std::string();
  const Text what = other(rule, place).front();
  return {{what.zh + "：无法计算（" + kind + "）",
           what.en + ": it cannot be evaluated (" + kind + ")"}};
}

Reasons Explainer::other(const Rule& rule, const Place& place) const {
  constexpr std::size_t kMostFields = 3;
  std::vector<const Rule*> fields;
  collect_fields(rule, kMostFields, fields);
  Reasons names;
  for (const Rule* field : fields) {
    Text one = name(*field, place);
    if (std::find(names.begin(), names.end(), one) == names.end()) names.push_back(std::move(one));
  }
  if (names.empty()) return {{"有一项条件不成立", "a condition does not hold"}};
  const Text list = joined(names, {"、", ", "});
  return {{"关于" + list.zh + "的条件不成立", "the condition on " + list.en + " does not hold"}};
}

std::vector<Text> explain(const Expression& expression, const Scope& scope,
                          const Wording& wording) {
  const auto holds = expression.holds(scope);
  if (holds && *holds) return {};
  const Frame values;
  const TypeFrame types{Frame::Kind::kData, nullptr, &wording.environment, {}, {}};
  Reasons reasons = Explainer(scope, wording).why(expression.rule(), {values, types}, true);
  if (reasons.empty()) {
    return {
        {"条件过于繁复，无法算完或者说明", "the condition is too large to evaluate or explain"}};
  }
  if (reasons.size() > kMostReasons) {
    reasons.resize(kMostReasons);
    reasons.back() = {"还有其他条件不具备", "other conditions do not hold either"};
  }
  for (Text& reason : reasons) reason = joined({reason}, {});
  return reasons;
}

}  // namespace mingjian::guard
