#include <algorithm>
#include <array>
#include <optional>
#include <utility>

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

// One signature, by the roles that can give it.
using Signature = std::vector<Role>;

bool is_within(const Signature& part, const Signature& whole) {
  return std::all_of(part.begin(), part.end(), [&](const Role& role) {
    return std::find(whole.begin(), whole.end(), role) != whole.end();
  });
}

SafeguardEffect effect_of_change(const Signature& from, const Signature& to) {
  if (is_within(to, from)) return kStrengthens;  // fewer can give it
  if (is_within(from, to)) return kWeakens;
  if (from.size() > 1 || to.size() > 1) return kNeutral;
  const auto before = rank_of(from.front());
  const auto after = rank_of(to.front());
  if (!before || !after || *before == *after) return kNeutral;
  return *after > *before ? kStrengthens : kWeakens;
}

Text title_of(const Signature& signature) { return title_of_signers(Signing::kAny, signature); }

// A removed signature and the added one that is given in its place by more or fewer roles.
std::optional<std::pair<Signature, Signature>> take_related(std::vector<Signature>& removed,
                                                            std::vector<Signature>& added) {
  for (auto before = removed.begin(); before != removed.end(); ++before) {
    const auto after = std::find_if(added.begin(), added.end(), [&](const Signature& each) {
      return is_within(each, *before) || is_within(*before, each);
    });
    if (after == added.end()) continue;
    std::pair pair{*before, *after};
    removed.erase(before);
    added.erase(after);
    return pair;
  }
  return std::nullopt;
}

void compare_signatures(const std::vector<Signature>& from, const std::vector<Signature>& to,
                        const Text& where, const Subject& subject) {
  auto removed = missing(from, to);
  auto added = missing(to, from);
  const auto replaced = [&](const Signature& old_one, const Signature& new_one) {
    const Text before = title_of(old_one);
    const Text after = title_of(new_one);
    subject.add(ChangeKind::kApprovalRole, effect_of_change(old_one, new_one),
                {where.zh + "的审批人：" + before.zh + " → " + after.zh,
                 where.en + " is approved by another: " + before.en + " -> " + after.en});
  };
  while (const auto pair = take_related(removed, added)) replaced(pair->first, pair->second);
  if (removed.size() == added.size()) {
    for (std::size_t i = 0; i < removed.size(); ++i) replaced(removed[i], added[i]);
    return;
  }
  for (const Signature& each : removed) {
    const Text title = title_of(each);
    subject.add(ChangeKind::kApprovalRemoved, kWeakens,
                {where.zh + "取消审批：" + title.zh,
                 where.en + " no longer needs approval by: " + title.en});
  }
  for (const Signature& each : added) {
    const Text title = title_of(each);
    subject.add(
        ChangeKind::kApprovalAdded, kStrengthens,
        {where.zh + "增加审批：" + title.zh, where.en + " now needs approval by: " + title.en});
  }
}

// Whether the same roles sign in the same way, step by step.
bool ask_the_same(const std::vector<ApprovalStep>& from, const std::vector<ApprovalStep>& to) {
  return std::equal(from.begin(), from.end(), to.begin(), to.end(),
                    [](const ApprovalStep& a, const ApprovalStep& b) {
                      return a.signing == b.signing && a.roles == b.roles;
                    });
}

// Whether it was said how the approvals differ.
bool compare_approvals(const TransitionNotes& from, const TransitionNotes& to, const Text& where,
                       const Subject& subject) {
  if (from.resumption != to.resumption) {
    const bool shorter = to.resumption == Resumption::kWhereReturned;
    subject.add(ChangeKind::kApprovalResumption, shorter ? kWeakens : kStrengthens,
                shorter ? Text{where.zh + "退回补正后直达退回步骤，不再逐级签批",
                               where.en + " keeps its signatures when it was returned"}
                        : Text{where.zh + "退回补正后逐级重新签批",
                               where.en + " is signed anew when it was returned"});
  }
  if (ask_the_same(from.approval, to.approval)) return from.resumption != to.resumption;
  const auto before = signatures_of(from.approval);
  const auto after = signatures_of(to.approval);
  if (missing(before, after).empty() && missing(after, before).empty()) {
    subject.add(ChangeKind::kApprovalOrder, kNeutral,
                {where.zh + "的审批顺序改变", where.en + " is signed in another order"});
  } else {
    compare_signatures(before, after, where, subject);
  }
  return true;
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
  const bool approvals_told = compare_approvals(old_notes, new_notes, where, subject);
  compare_separations(from, old_notes, to, new_notes, where, subject);
  compare_rules(old_notes.rules, new_notes.rules, where, subject);
  std::vector<std::string> compared = {"title", "target",      "by",    "guard",
                                       "form",  "not_same_as", "rules", "materials"};
  // Else titles or rules of the steps may still differ.
  if (approvals_told) compared.emplace_back("approval");
  compare_rest(old_json, new_json, compared, where, subject);
}

}  // namespace mingjian
