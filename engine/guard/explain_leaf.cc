#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"
#include "engine/guard/explainer.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {
namespace {

// What must be, in words: of amounts, and of dates and times.
struct Demand {
  Operator operation;
  Operator negated;
  Operator mirrored;  // with the sides changed
  Text words;
  Text of_time;
};

const Demand& demand_of(Operator operation) {
  using enum Operator;
  static const Text kIs = {"应为", "must be"};
  static const Text kIsNot = {"不能为", "must not be"};
  static const std::array<Demand, 8> kDemands = {{
      {kEqual, kNotEqual, kEqual, kIs, kIs},
      {kNotEqual, kEqual, kNotEqual, kIsNot, kIsNot},
      {kStrictlyEqual, kStrictlyNotEqual, kStrictlyEqual, kIs, kIs},
      {kStrictlyNotEqual, kStrictlyEqual, kStrictlyNotEqual, kIsNot, kIsNot},
      {kLess,
       kGreaterOrEqual,
       kGreater,
       {"应小于", "must be less than"},
       {"应早于", "must be before"}},
      {kLessOrEqual,
       kGreater,
       kGreaterOrEqual,
       {"应不大于", "must be at most"},
       {"应不晚于", "must be no later than"}},
      {kGreater, kLessOrEqual, kLess, {"应大于", "must be more than"}, {"应晚于", "must be after"}},
      {kGreaterOrEqual,
       kLess,
       kLessOrEqual,
       {"应不小于", "must be at least"},
       {"应不早于", "must be no earlier than"}},
  }};
  return *std::find_if(kDemands.begin(), kDemands.end(),
                       [&](const Demand& each) { return each.operation == operation; });
}

bool is_literal(const Rule& rule) { return rule.operation == Operator::kLiteral; }

// An operation whose result is true or false.
bool is_condition(const Rule& rule) {
  switch (rule.operation) {
    case Operator::kNot:
    case Operator::kTruthy:
    case Operator::kIn:
    case Operator::kAll:
    case Operator::kSome:
    case Operator::kNone:
    case Operator::kInState:
    case Operator::kExists:
      return true;
    default:
      return rule.operation >= Operator::kEqual && rule.operation <= Operator::kGreaterOrEqual;
  }
}

Text sentence(const Text& subject, const Text& demand, const Text& present) {
  return {subject.zh + demand.zh + "，" + present.zh,
          subject.en + " " + demand.en + " but " + present.en};
}

}  // namespace

Reasons Explainer::variable(const Rule& rule, const Place& place, bool wanted) {
  if (!rule.fixed_path) return {};
  const auto outcome = evaluator_.run(rule, place.values);
  if (!outcome) return {};
  const Text subject = name(rule, place);
  if (rule.operation == Operator::kExists) {
    return {wanted ? Text{subject.zh + "尚未填写", subject.en + " is not filled in"}
                   : Text{subject.zh + "不应填写", subject.en + " must not be filled in"}};
  }
  const Type type = type_of(rule, place);
  const Json& now = outcome->get();
  const Text shown = present(rule, now, type);
  if ((type.kinds & ~kNulls) == kBooleans) {
    const Text must = value(wanted, {});
    return {sentence(subject, {followed("应为", must.zh), "must be " + must.en}, shown)};
  }
  if (!wanted) return {sentence(subject, {"应为空", "must be empty"}, shown)};
  if (now.is_number() || now.is_boolean()) {
    const Text must_not = value(now, type);
    return {
        {subject.zh + followed("不能为", must_not.zh), subject.en + " must not be " + must_not.en}};
  }
  const Text nothing = present(rule, nullptr, type);
  return {{subject.zh + nothing.zh, subject.en + " " + nothing.en}};
}

// Of a row the first pair that is not as asked.
Reasons Explainer::compared(const Rule& rule, const Place& place, bool wanted) {
  if (!rule.listed || rule.arguments.size() < 2) return {};
  if (rule.arguments.size() == 2) {
    Reasons reasons = wanted ? counted(rule, place) : Reasons();
    return reasons.empty() ? related(rule, 0, place, wanted) : reasons;
  }
  if (!wanted) return {};
  for (std::size_t i = 0; i + 1 < rule.arguments.size(); ++i) {
    Rule pair = rule;
    pair.arguments = {rule.arguments[i], rule.arguments[i + 1]};
    const auto outcome = evaluator_.run(pair, place.values);
    if (!outcome || !truthy(outcome->get())) return related(rule, i, place, wanted);
  }
  return {};
}

Reasons Explainer::related(const Rule& rule, std::size_t index, const Place& place, bool wanted) {
  const Demand* demand = &demand_of(rule.operation);
  if (!wanted) demand = &demand_of(demand->negated);
  const Rule* subject = &rule.arguments[index];
  const Rule* object = &rule.arguments[index + 1];
  if (is_literal(*subject) && !is_literal(*object)) {
    std::swap(subject, object);
    demand = &demand_of(demand->mirrored);
  }
  const auto subject_now = evaluator_.run(*subject, place.values);
  const auto object_now = evaluator_.run(*object, place.values);
  if (!subject_now || !object_now) return {};
  const Type type = type_of(*subject, place);
  Text expected = value(object_now->get(), is_literal(*object) ? type : type_of(*object, place));
  if (!is_literal(*object)) {
    const Text other = name(*object, place);
    expected = {other.zh + "（" + expected.zh + "）", other.en + " (" + expected.en + ")"};
  }
  const Text& words = format_of(type).empty() ? demand->words : demand->of_time;
  return {sentence(name(*subject, place),
                   {followed(words.zh, expected.zh), words.en + " " + expected.en},
                   present(*subject, subject_now->get(), type))};
}

// {">=": [{"+": [condition, condition, ...]}, 2]}: so many of the conditions must hold.
Reasons Explainer::counted(const Rule& rule, const Place& place) {
  const Rule& sum = rule.arguments[0];
  const Rule& least = rule.arguments[1];
  const bool more = rule.operation == Operator::kGreater;
  const bool at_least = rule.operation == Operator::kGreaterOrEqual;
  if (!(more || at_least) || sum.operation != Operator::kAdd || !sum.listed ||
      sum.arguments.size() < 2 || !is_literal(least) || !least.literal.is_number_integer() ||
      !std::all_of(sum.arguments.begin(), sum.arguments.end(), is_condition)) {
    return {};
  }
  Reasons unmet;
  std::size_t met = 0;
  for (const Rule& condition : sum.arguments) {
    const Reasons reasons = why(condition, place, true);
    if (reasons.empty()) {
      ++met;
    } else if (unmet.size() < kMostReasons) {
      unmet.push_back(joined(reasons, {"，并且", " and "}));
    }
  }
  const Json needed = more ? Number::of(least.literal.get<double>() + 1).to_json() : least.literal;
  const std::string all = std::to_string(sum.arguments.size());
  const std::string now = std::to_string(met);
  const Text list = joined(unmet, {"；", "; "});
  return {{"以下 " + all + " 项条件应具备 " + needed.dump() + " 项，现具备 " + now + " 项，尚缺：" +
               list.zh,
           needed.dump() + " of " + all + " conditions must hold and " + now +
               (met == 1 ? " does; unmet: " : " do; unmet: ") + list.en}};
}

Reasons Explainer::contained(const Rule& rule, const Place& place, bool wanted) {
  if (!rule.listed || rule.arguments.size() < 2) return {};
  const Rule& sought = rule.arguments[0];
  const Rule& list = rule.arguments[1];
  const auto what = evaluator_.run(sought, place.values);
  const auto where = evaluator_.run(list, place.values);
  if (!what || !where) return {};
  const Type type = type_of(sought, place);
  if (is_literal(sought)) {
    const Text part = value(what->get(), item_of(type_of(list, place)));
    const Text must = wanted ? Text{followed("应包括", part.zh), "must include " + part.en}
                             : Text{followed("不能包括", part.zh), "must not include " + part.en};
    return {sentence(name(list, place), must, present(list, where->get(), type_of(list, place)))};
  }
  const Text values = value(where->get(), list_of(type));
  const Text must = wanted
                        ? Text{"应为以下之一：" + values.zh, "must be one of " + values.en}
                        : Text{"不能为以下任何一项：" + values.zh, "must be none of " + values.en};
  return {sentence(name(sought, place), must, present(sought, what->get(), type))};
}

Reasons Explainer::missing(const Rule& rule, const Place& place, bool wanted) {
  if (wanted) return {};
  const auto outcome = evaluator_.run(rule, place.values);
  if (!outcome || !outcome->get().is_array()) return {};
  const Json& absent = outcome->get();
  if (rule.operation == Operator::kMissingSome) return missing_some(rule, place, absent.size());
  Reasons reasons;
  for (const Json& key : absent) {
    if (reasons.size() > kMostReasons) break;
    const Text field = key_name(key, place);
    reasons.push_back({field.zh + "尚未填写", field.en + " is not filled in"});
  }
  return reasons;
}

Reasons Explainer::missing_some(const Rule& rule, const Place& place, std::size_t absent) {
  const auto least = evaluator_.run(rule.arguments[0], place.values);
  const auto keys = evaluator_.run(rule.arguments[1], place.values);
  if (!least || !keys) return {};
  Reasons names;
  for (const Json& key : keys->get()) {
    names.push_back(key_name(key, place));
    if (names.size() > kMostReasons) break;
  }
  const Text list = joined(names, {"、", ", "});
  const std::string needed = to_text(least->get());
  const std::size_t there = keys->get().size() - absent;
  const std::string now = std::to_string(there);
  return {{list.zh + "中至少应填写 " + needed + " 项，现已填写 " + now + " 项",
           "at least " + needed + " of " + list.en + " must be filled in and " + now +
               (there == 1 ? " is" : " are")}};
}

Reasons Explainer::in_state(const Rule& rule, bool wanted) const {
  if (!wording_.state_title) return {};
  const Text title = quoted(wording_.state_title(rule.state));
  return {wanted ? Text{"应已到" + title.zh, "must be in " + title.en}
                 : Text{"不能处于" + title.zh, "must not be in " + title.en}};
}

}  // namespace mingjian::guard
