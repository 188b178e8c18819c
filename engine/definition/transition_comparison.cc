#include <algorithm>
#include <array>
#include <optional>

#include "engine/access/role.h"
#include "engine/definition/comparison.h"

namespace mingjian {
namespace {

using enum SafeguardEffect;

// How high a signer stands in the line of approval; nothing for those who stand beside it.
std::optional<std::size_t> rank_of(const Role& signer) {
  static const std::array kLine = {role::kInspector, role::kDepartmentHead, role::kDeputyInCharge,
                                   role::kMainHead, role::kPartyCommittee};
  const auto found = std::find(kLine.begin(), kLine.end(), signer);
  if (found == kLine.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kLine.begin());
}

SafeguardEffect effect_of_change(const Role& from, const Role& to) {
  const auto before = rank_of(from);
  const auto after = rank_of(to);
  if (!before || !after || *before == *after) return kNeutral;
  return *after > *before ? kStrengthens : kWeakens;
}

std::vector<Role> signers(const std::vector<ApprovalStep>& steps) {
  std::vector<Role> roles;
  for (const ApprovalStep& step : steps) roles.push_back(step.role);
  return roles;
}

void compare_approvals(const std::vector<Role>& from, const std::vector<Role>& to,
                       const Text& where, const Subject& subject) {
  const auto removed = missing(from, to);
  const auto added = missing(to, from);
  if (removed.empty() && added.empty()) {
    if (from == to) return;
    subject.add(ChangeKind::kApprovalOrder, kNeutral,
                {where.zh + "的审批顺序改变", where.en + " is signed in another order"});
    return;
  }
  if (removed.size() == added.size()) {
    for (std::size_t i = 0; i < removed.size(); ++i) {
      const Text before = role::title(removed[i]);
      const Text after = role::title(added[i]);
      subject.add(ChangeKind::kApprovalRole, effect_of_change(removed[i], added[i]),
                  {where.zh + "的审批人：" + before.zh + " → " + after.zh,
                   where.en + " is approved by another: " + before.en + " -> " + after.en});
    }
    return;
  }
  for (const Role& each : removed) {
    subject.add(ChangeKind::kApprovalRemoved, kWeakens,
                {where.zh + "取消审批：" + role::title(each).zh,
                 where.en + " no longer needs approval by: " + role::title(each).en});
  }
  for (const Role& each : added) {
    subject.add(ChangeKind::kApprovalAdded, kStrengthens,
                {where.zh + "增加审批：" + role::title(each).zh,
                 where.en + " now needs approval by: " + role::title(each).en});
  }
}

std::vector<std::string> ids(const Reading& reading, const std::vector<chart::StateIndex>& states) {
  std::vector<std::string> all;
  for (const auto state : states) all.push_back(reading.definition.chart().state(state).id);
  return all;
}

Text names(const Reading& reading, const std::vector<chart::StateIndex>& states) {
  if (states.empty()) return {"原处", "where it is"};
  Text all;
  for (const auto state : states) {
    const Text name = reading.name(state);
    all.zh += name.zh;
    all.en += (all.en.empty() ? "" : " and ") + name.en;
  }
  return all;
}

void compare_separations(const Reading& from, const TransitionNotes& before, const Reading& to,
                         const TransitionNotes& after, const Text& where, const Subject& subject) {
  const auto old_ids = ids(from, before.not_same_as);
  const auto new_ids = ids(to, after.not_same_as);
  for (const std::string& id : missing(old_ids, new_ids)) {
    const Text stage = from.name(*from.definition.chart().find(id));
    subject.add(ChangeKind::kSeparationRemoved, kWeakens,
                {where.zh + "取消分离要求：办理过" + stage.zh + "的人可以办理",
                 where.en + " may now be taken by who acted in " + stage.en});
  }
  for (const std::string& id : missing(new_ids, old_ids)) {
    const Text stage = to.name(*to.definition.chart().find(id));
    subject.add(ChangeKind::kSeparationAdded, kStrengthens,
                {where.zh + "增加分离要求：办理过" + stage.zh + "的人不得办理",
                 where.en + " may no longer be taken by who acted in " + stage.en});
  }
}

void compare_guards(const OrderedJson& from, const OrderedJson& to, const Text& where,
                    const Subject& subject) {
  const OrderedJson before = from.value("guard", OrderedJson());
  const OrderedJson after = to.value("guard", OrderedJson());
  if (before == after) return;
  if (before.is_null()) {
    subject.add(ChangeKind::kGuard, kStrengthens,
                {where.zh + "增加办理条件", where.en + " now has a condition"});
  } else if (after.is_null()) {
    subject.add(ChangeKind::kGuard, kWeakens,
                {where.zh + "取消办理条件", where.en + " no longer has a condition"});
  } else {
    subject.add(ChangeKind::kGuard, kNeutral,
                {where.zh + "的办理条件改变，宽严请人工核对",
                 where.en + " has another condition; a person must judge which is stricter"});
  }
}

void compare_materials(const Reading& from, const TransitionNotes& before, const Reading& to,
                       const TransitionNotes& after, const Text& where, const Subject& subject) {
  for (const std::string& kind : missing(before.materials, after.materials)) {
    const Text& title = from.definition.materials().at(kind);
    subject.add(ChangeKind::kMaterialRemoved, kWeakens,
                {where.zh + "不再需要材料：" + title.zh,
                 where.en + " no longer needs the document: " + title.en});
  }
  for (const std::string& kind : missing(after.materials, before.materials)) {
    const Text& title = to.definition.materials().at(kind);
    subject.add(
        ChangeKind::kMaterialAdded, kStrengthens,
        {where.zh + "增加材料：" + title.zh, where.en + " now needs the document: " + title.en});
  }
}

// What a form asks; where there is none, nothing may be filled in.
Json asked(const std::optional<Form>& form) {
  static const Json kNothing = {{"type", "object"}, {"additionalProperties", false}};
  return form ? form->schema() : kNothing;
}

}  // namespace

void compare_transitions(const Reading& from, chart::TransitionIndex before, const Reading& to,
                         chart::TransitionIndex after, const std::string& label,
                         const Subject& subject) {
  const TransitionNotes& old_notes = from.definition.transition_notes(before);
  const TransitionNotes& new_notes = to.definition.transition_notes(after);
  const chart::Transition& old_transition = from.definition.chart().transition(before);
  const chart::Transition& new_transition = to.definition.chart().transition(after);
  const OrderedJson& old_json = from.at(old_transition.pointer);
  const OrderedJson& new_json = to.at(new_transition.pointer);
  const Text name = from.name(before, label);
  const Text where = {"步骤" + name.zh, "step " + name.en};
  if (old_notes.title != new_notes.title) {
    const Text renamed = to.name(after, label);
    subject.add(ChangeKind::kTransitionRenamed, kNeutral,
                {where.zh + "改名为" + renamed.zh, where.en + " is now called " + renamed.en});
  }
  if (ids(from, old_transition.targets) != ids(to, new_transition.targets)) {
    const Text old_place = names(from, old_transition.targets);
    const Text new_place = names(to, new_transition.targets);
    subject.add(ChangeKind::kTransitionRetargeted, kNeutral,
                {where.zh + "的去向：" + old_place.zh + " → " + new_place.zh,
                 where.en + " leads elsewhere: " + old_place.en + " -> " + new_place.en});
  }
  compare_roles(old_notes.by, new_notes.by, ChangeKind::kActors, where, subject);
  compare_guards(old_json, new_json, where, subject);
  compare_forms(asked(old_notes.form), asked(new_notes.form), where, subject);
  compare_materials(from, old_notes, to, new_notes, where, subject);
  const auto old_signers = signers(old_notes.approval);
  const auto new_signers = signers(new_notes.approval);
  compare_approvals(old_signers, new_signers, where, subject);
  compare_separations(from, old_notes, to, new_notes, where, subject);
  compare_rules(old_notes.rules, new_notes.rules, where, subject);
  std::vector<std::string> compared = {"title", "target",      "by",    "guard",
                                       "form",  "not_same_as", "rules", "materials"};
  // Where the signers differ that was said; else titles or rules of the steps may still differ.
  if (old_signers != new_signers) compared.emplace_back("approval");
  compare_rest(old_json, new_json, compared, where, subject);
}

}  // namespace mingjian
