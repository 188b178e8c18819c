#include "engine/definition/difference.h"

#include <algorithm>
#include <array>

#include "engine/definition/comparison.h"
#include "engine/definition/transition_groups.h"

namespace mingjian {
namespace {

using chart::StateIndex;
using chart::TransitionIndex;
using enum SafeguardEffect;

class Differ {
 public:
  Differ(const Definition& from, const Definition& to) : from_(from), to_(to) {}

  std::vector<DefinitionChange> run() {
    compare_definitions();
    compare_all_states();
    if (changes_.empty()) {
      changes_.push_back({ChangeKind::kOther,
                          kNeutral,
                          from_.definition.id(),
                          {"办理程序没有变化，文件内容（版本号、排列、说明等）有变化",
                           "the procedure is the same; the file differs (version, layout, notes)"},
                          "",
                          ""});
    }
    return std::move(changes_);
  }

 private:
  Subject subject(std::string id, std::string before, std::string after) {
    return {std::move(id), std::move(before), std::move(after), changes_};
  }

  void compare_definitions() {
    const Text where = {"流程定义", "the definition"};
    const std::string& id = from_.definition.id();
    const Filing& old_filing = from_.definition.filing();
    const Filing& new_filing = to_.definition.filing();
    const Text filing = {"受理登记", "filing"};
    for (const char* key : {"id", "title", "number", "case_title", "context", "properties"}) {
      if (from_.json.value(key, OrderedJson()) == to_.json.value(key, OrderedJson())) continue;
      subject(id, pointer_part(key), pointer_part(key))
          .add(ChangeKind::kDefinition, kNeutral,
               {where.zh + "的 " + key + " 有变化", where.en + " has another " + key});
    }
    compare_rest(
        from_.json, to_.json,
        {"$schema", "id", "version", "title", "number", "case_title", "context", "properties",
         "data", "filing", "forms", "materials", "states", "on", "onDone", "always", "after"},
        where, subject(id, "", ""));
    compare_rest(from_.at("/filing"), to_.at("/filing"), {"by", "form"}, filing,
                 subject(id, "/filing", "/filing"));
    compare_roles(old_filing.by, new_filing.by, ChangeKind::kFiling, filing,
                  subject(id, "/filing/by", "/filing/by"));
    compare_forms(old_filing.form.schema(), new_filing.form.schema(), filing,
                  subject(id, "/filing/form", "/filing/form"));
    compare_case_data(subject(id, "/data", "/data"));
    compare_kinds_of_materials();
  }

  // The data are what the forms ask, so a safeguard is lost or won there and not here.
  void compare_case_data(const Subject& data) {
    const std::size_t known = changes_.size();
    compare_forms(from_.definition.data().schema(), to_.definition.data().schema(),
                  {"案件数据", "the data of a case"}, data);
    for (std::size_t i = known; i < changes_.size(); ++i) changes_[i].effect = kNeutral;
  }

  void compare_kinds_of_materials() {
    const auto& before = from_.definition.materials();
    const auto& after = to_.definition.materials();
    for (const auto& [kind, title] : before) {
      if (after.contains(kind)) continue;
      subject(kind, "/materials" + pointer_part(kind), "")
          .add(ChangeKind::kMaterialRemoved, kNeutral,
               {"材料目录取消“" + title.zh + "”",
                "documents can no longer be attached as \"" + title.en + "\""});
    }
    for (const auto& [kind, title] : after) {
      if (before.contains(kind)) continue;
      subject(kind, "", "/materials" + pointer_part(kind))
          .add(ChangeKind::kMaterialAdded, kNeutral,
               {"材料目录增加“" + title.zh + "”",
                "documents can now be attached as \"" + title.en + "\""});
    }
  }

  void compare_all_states() {
    const chart::Chart& before = from_.definition.chart();
    const chart::Chart& after = to_.definition.chart();
    // The root was compared with the definition; only what leaves it is left.
    compare_leaving(0, 0);
    for (StateIndex state = 1; state < before.states().size(); ++state) {
      const auto same = after.find(before.state(state).id);
      if (!same) {
        report_removed(state);
        continue;
      }
      compare_states(
          from_, state, to_, *same,
          subject(before.state(state).id, before.state(state).pointer, after.state(*same).pointer));
      compare_leaving(state, *same);
    }
    for (StateIndex state = 1; state < after.states().size(); ++state) {
      if (before.find(after.state(state).id)) continue;
      const Text name = to_.name(state);
      subject(after.state(state).id, "", after.state(state).pointer)
          .add(ChangeKind::kStateAdded, kNeutral,
               {"增加环节" + name.zh, "a further stage: " + name.en});
    }
  }

  void report_removed(StateIndex state) {
    const auto protects = [&](TransitionIndex index) {
      const TransitionNotes& notes = from_.definition.transition_notes(index);
      return !notes.approval.empty() || !notes.not_same_as.empty();
    };
    const Leaving steps = leaving(from_.definition.chart(), state);
    const bool protected_by_it =
        std::any_of(steps.begin(), steps.end(), [&](const Alternatives& group) {
          return std::any_of(group.indices.begin(), group.indices.end(), protects);
        });
    const Text name = from_.name(state);
    const chart::State& removed = from_.definition.chart().state(state);
    subject(removed.id, removed.pointer, "")
        .add(ChangeKind::kStateRemoved, protected_by_it ? kWeakens : kNeutral,
             {"取消环节" + name.zh + (protected_by_it ? "，其中的审批或者分离要求一并取消" : ""),
              "stage " + name.en + " is gone" +
                  (protected_by_it ? ", with the approvals or separations in it" : "")});
  }

  void compare_leaving(StateIndex before, StateIndex after) {
    const Leaving old_groups = leaving(from_.definition.chart(), before);
    const Leaving new_groups = leaving(to_.definition.chart(), after);
    for (const Alternatives& group : old_groups)
      compare_alternatives(group.label, group.indices, with_label(new_groups, group.label));
    for (const Alternatives& group : new_groups) {
      if (with_label(old_groups, group.label).empty())
        compare_alternatives(group.label, {}, group.indices);
    }
  }

  void compare_alternatives(const std::string& label, const std::vector<TransitionIndex>& before,
                            const std::vector<TransitionIndex>& after) {
    const Pairing pairing = pair_alternatives(from_, before, to_, after);
    for (const TransitionIndex index : pairing.removed)
      report_transition(from_, index, label, ChangeKind::kTransitionRemoved);
    for (const auto& [old_one, new_one] : pairing.kept) {
      compare_transitions(from_, old_one, to_, new_one, label,
                          subject(name_of_transition(from_, old_one, label),
                                  from_.definition.chart().transition(old_one).pointer,
                                  to_.definition.chart().transition(new_one).pointer));
    }
    for (const TransitionIndex index : pairing.added)
      report_transition(to_, index, label, ChangeKind::kTransitionAdded);
    if (pairing.reordered) report_order(label, before.front(), after.front());
  }

  static std::string name_of_transition(const Reading& reading, TransitionIndex index,
                                        const std::string& label) {
    const chart::Chart& chart = reading.definition.chart();
    return chart.state(chart.transition(index).source).id + " " + label;
  }

  void report_transition(const Reading& reading, TransitionIndex index, const std::string& label,
                         ChangeKind kind) {
    const chart::Chart& chart = reading.definition.chart();
    const bool added = kind == ChangeKind::kTransitionAdded;
    const std::string& pointer = chart.transition(index).pointer;
    const Text step = reading.name(index, label);
    const Text stage = reading.name(chart.transition(index).source);
    const bool bypass = added && avoids_approval(index);
    subject(name_of_transition(reading, index, label), added ? "" : pointer, added ? pointer : "")
        .add(kind, bypass ? kWeakens : kNeutral,
             {"环节" + stage.zh + (added ? "增加步骤" : "取消步骤") + step.zh +
                  (bypass ? "，可以不经审批到达原须审批的环节" : ""),
              "stage " + stage.en + (added ? " has a further step " : " no longer has the step ") +
                  step.en +
                  (bypass ? ", which leads without approval where another step needs it" : "")});
  }

  // Whether a new step goes unapproved where another step from the same state needs approval to go.
  bool avoids_approval(TransitionIndex added) const {
    const auto& transitions = to_.definition.chart().transitions();
    const chart::Transition& step = transitions[added];
    if (!to_.definition.transition_notes(added).approval.empty() || step.targets.empty())
      return false;
    for (TransitionIndex other = 0; other < transitions.size(); ++other) {
      if (transitions[other].source == step.source && transitions[other].targets == step.targets &&
          !to_.definition.transition_notes(other).approval.empty())
        return true;
    }
    return false;
  }

  void report_order(const std::string& label, TransitionIndex before, TransitionIndex after) {
    const Text step = from_.name(before, label);
    subject(name_of_transition(from_, before, label),
            from_.definition.chart().transition(before).pointer,
            to_.definition.chart().transition(after).pointer)
        .add(ChangeKind::kTransitionOrder, kNeutral,
             {"步骤" + step.zh + "的几种情形改变了先后",
              "the alternatives of step " + step.en + " are tried in another order"});
  }

  Reading from_;
  Reading to_;
  std::vector<DefinitionChange> changes_;
};

}  // namespace

std::vector<DefinitionChange> difference(const Definition& from, const Definition& to) {
  if (from.source() == to.source()) return {};
  return Differ(from, to).run();
}

std::string name_of(ChangeKind kind) {
  static constexpr std::array kNames = {"definition",
                                        "filing",
                                        "state_added",
                                        "state_removed",
                                        "state_renamed",
                                        "state_structure",
                                        "transition_added",
                                        "transition_removed",
                                        "transition_renamed",
                                        "transition_retargeted",
                                        "transition_order",
                                        "actors",
                                        "field_added",
                                        "field_removed",
                                        "field_required",
                                        "field_optional",
                                        "field_type",
                                        "field_changed",
                                        "material_added",
                                        "material_removed",
                                        "approval_added",
                                        "approval_removed",
                                        "approval_role",
                                        "approval_order",
                                        "approval_resumption",
                                        "time_limit",
                                        "guard",
                                        "separation_added",
                                        "separation_removed",
                                        "rules",
                                        "other"};
  static_assert(kNames.size() == static_cast<std::size_t>(ChangeKind::kOther) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

std::string name_of(SafeguardEffect effect) {
  switch (effect) {
    case SafeguardEffect::kWeakens:
      return "weakens";
    case SafeguardEffect::kNeutral:
      return "neutral";
    case SafeguardEffect::kStrengthens:
      return "strengthens";
  }
  return "neutral";
}

}  // namespace mingjian
