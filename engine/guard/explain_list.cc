#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"
#include "engine/guard/explainer.h"

namespace mingjian::guard {
namespace {

// How many of the members that are not as wanted are told in detail.
constexpr std::size_t kMostMembers = 2;

}  // namespace

// Why the body of a rule is not `wanted` of one member, after its number.
Reasons Explainer::of_member(const Rule& rule, const Place& member, std::size_t index,
                             bool wanted) {
  const Reasons reasons = why(rule.arguments[1], member, wanted);
  if (reasons.empty()) return {};
  const Text text = joined(reasons, {"，并且", " and "});
  const std::string number = std::to_string(index + 1);
  return {{"第 " + number + " 项：" + text.zh, "entry " + number + ": " + text.en}};
}

// `all`, `some` and `none`, and what their negations come to.
Reasons Explainer::quantified(const Rule& rule, const Place& place, bool wanted) {
  const auto outcome = evaluator_.run(rule.arguments[0], place.values);
  if (!outcome) return {};
  const Json& list = outcome->get();
  const Text subject = name(rule.arguments[0], place);
  if (list.is_null()) {
    const Text nothing = present(rule.arguments[0], nullptr, {});
    return {{subject.zh + nothing.zh, subject.en + " " + nothing.en}};
  }
  if (!list.is_array()) return {};
  if (list.empty()) return {{subject.zh + "现在没有内容", subject.en + " has no entries"}};
  const bool none =
      (rule.operation == Operator::kNone) == wanted && rule.operation != Operator::kAll;
  const std::string size = std::to_string(list.size());
  if (rule.operation == Operator::kAll && !wanted) {
    return {{subject.zh + "的 " + size + " 项不应全都符合条件",
             "not all of the " + size + " entries of " + subject.en + " may meet the condition"}};
  }
  const TypeBody types(place.types, type_of(rule.arguments[0], place));
  Reasons told;
  std::size_t unlike = 0;
  for (std::size_t i = 0; i < list.size() && !evaluator_.exhausted(); ++i) {
    const Frame iteration{Frame::Kind::kIteration, &place.values, i, &list, nullptr};
    const Frame member{Frame::Kind::kMember, &iteration, 0, &list[i], nullptr};
    const auto met = evaluator_.run(rule.arguments[1], member);
    if (met && truthy(met->get()) != none) continue;
    if (unlike++ >= kMostMembers) continue;
    const Reasons reasons = of_member(rule, {member, types.member}, i, !none);
    told.insert(told.end(), reasons.begin(), reasons.end());
  }
  if (told.empty() || evaluator_.exhausted()) return {};
  const std::size_t like = none ? unlike : list.size() - unlike;
  const std::string met = std::to_string(like);
  const Text detail = joined(told, {"；", "; "});
  const Text demand = none                               ? Text{"一项也不应有", "none may"}
                      : rule.operation == Operator::kAll ? Text{"应全部符合", "all must"}
                                                         : Text{"至少应有一项", "one must"};
  return {{subject.zh + "的 " + size + " 项中" +
               (like == 0 ? "没有符合条件的" : "有 " + met + " 项符合条件") + "，" + demand.zh +
               "（" + detail.zh + "）",
           met + " of " + size + " entries of " + subject.en + (like == 1 ? " meets" : " meet") +
               " the condition, " + demand.en + " (" + detail.en + ")"}};
}

}  // namespace mingjian::guard
