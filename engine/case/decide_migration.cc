#include "engine/case/decide_migration.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/base/blank.h"
#include "engine/case/carry_requests.h"
#include "engine/case/evolve.h"
#include "engine/case/placing.h"
#include "engine/case/stage_step.h"
#include "engine/chart/placement.h"

namespace mingjian {
namespace {

using chart::StateIndex;

DefinitionReference reference_to(const Definition& definition) {
  return {definition.id(), definition.version(), definition.digest()};
}

std::optional<StatedLimit> limit_of(const StateNotes& notes) {
  if (!notes.time_limit) return std::nullopt;
  return StatedLimit{notes.time_limit->amount, notes.time_limit->unit};
}

class Migration {
 public:
  Migration(const Situation& situation, const MigrateCase& command, const DecisionInput& input)
      : situation_(situation), command_(command), input_(input) {}

  Decided run() {
    check_order();
    if (input_.target == nullptr || situation_.state.closed) return refused();
    auto placing = place(situation_, *input_.target, command_, input_.now);
    if (!placing) {
      obstacles_.insert(obstacles_.end(), placing.error().begin(), placing.error().end());
      return refused();
    }
    const chart::Macrostep settled =
        chart::settle(input_.target->chart(), placing->snapshot, situation_.facts(),
                      input_.now.microseconds / 1000);
    auto step = stage_step(*input_.target, situation_.state.data, situation_.state.chart, settled);
    if (!step) {
      obstacles_.insert(obstacles_.end(), step.error().begin(), step.error().end());
      return refused();
    }
    check_ahead(settled.after);
    if (!obstacles_.empty()) return refused();
    note_moves(placing->snapshot, *step);
    return std::vector{event(std::move(*placing), std::move(*step))};
  }

 private:
  void add(ObstacleKind kind, Text message, std::string pointer = {}) {
    obstacles_.push_back({kind, std::move(message), {}, std::move(pointer)});
  }

  Decided refused() { return tl::unexpected(std::move(obstacles_)); }

  void check_order() {
    if (!situation_.has_role(role::kMainHead)) {
      add(ObstacleKind::kRole, {"案件的版本迁移由主要负责人决定；您在本案中没有这一职责",
                                "the main head decides on moving a case to another version; you "
                                "do not have that role on this case"});
    }
    if (situation_.state.closed) add(ObstacleKind::kState, {"案件已办结", "the case is closed"});
    if (blank(command_.reason))
      add(ObstacleKind::kForm, {"不能为空", "must not be empty"}, "/reason");
    if (input_.target == nullptr) {
      add(ObstacleKind::kForm, {"流程没有这个版本", "the definition has no such version"},
          "/version");
    } else if (input_.target->version() <= situation_.definition.version()) {
      add(ObstacleKind::kForm,
          {"只能迁移到更新的版本，本案现为第 " + std::to_string(situation_.definition.version()) +
               " 版",
           "a case moves to a newer version only; this one is on version " +
               std::to_string(situation_.definition.version())},
          "/version");
    }
  }

  std::optional<StateIndex> counterpart_of(StateIndex state) const {
    return input_.target->chart().find(
        counterpart(command_.states, situation_.definition.chart().state(state).id));
  }

  // No migration jumps over a stage, ends a case, or leads where there is no end.
  void check_ahead(const chart::Snapshot& after) {
    const Definition& target = *input_.target;
    if (after.done) {
      add(ObstacleKind::kState, {"迁移不能使案件办结", "a migration cannot close a case"});
      return;
    }
    const chart::StateSet ahead = chart::reachable(target.chart(), after);
    if (!chart::reaches_end(target.chart(), ahead)) {
      add(ObstacleKind::kState,
          {"从所到之处不能办结案件", "no way leads from where the case would stand to its end"});
    }
    const chart::StateSet before =
        chart::reachable(situation_.definition.chart(), situation_.snapshot);
    for (const StateIndex state : before.members()) {
      const bool later = !situation_.snapshot.configuration.contains(state);
      if (!later || situation_.definition.notes(state).stage.empty()) continue;
      const auto there = counterpart_of(state);
      if (there && ahead.contains(*there)) continue;
      const Text name = name_of_state(situation_.definition, state);
      add(ObstacleKind::kState,
          {"迁移后将不再经过其后的环节" + name.zh,
           "the later stage " + name.en + " would no longer lie ahead of the case"});
    }
  }

  // What was left and entered by moving, beside what settling did.
  void note_moves(const chart::Snapshot& placed, StageStep& step) const {
    const chart::Chart& before = situation_.definition.chart();
    const chart::Chart& after = input_.target->chart();
    std::vector<StateIndex> kept;
    std::vector<std::string> left;
    for (const StateIndex state : situation_.snapshot.configuration.members()) {
      const auto there = counterpart_of(state);
      if (there && placed.configuration.contains(*there)) {
        kept.push_back(*there);
      } else {
        left.insert(left.begin(), before.state(state).id);
      }
    }
    std::vector<std::string> entered;
    for (const StateIndex state : placed.configuration.members()) {
      // The root has the name of the definition in every version.
      if (state != 0 && std::find(kept.begin(), kept.end(), state) == kept.end())
        entered.push_back(after.state(state).id);
    }
    step.left.insert(step.left.begin(), left.begin(), left.end());
    step.entered.insert(step.entered.begin(), entered.begin(), entered.end());
  }

  std::vector<LimitOutcome> limits(const StageStep& step) const {
    std::vector<LimitOutcome> outcomes;
    for (const std::string& stage : step.stages) {
      LimitOutcome outcome{stage, std::nullopt,
                           limit_of(input_.target->notes(*input_.target->chart().find(stage)))};
      for (const std::string& old_stage : situation_.state.stages) {
        const auto state = situation_.definition.chart().find(old_stage);
        if (state && counterpart(command_.states, old_stage) == stage)
          outcome.before = limit_of(situation_.definition.notes(*state));
      }
      outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }

  Event event(Placing placing, StageStep step) const {
    CaseMigrated migrated{.from = situation_.state.definition,
                          .to = reference_to(*input_.target),
                          .states = command_.states,
                          .carry = command_.carry,
                          .reason = command_.reason,
                          .step = std::move(step),
                          .requests = {},
                          .timers = std::move(placing.timers),
                          .limits = {}};
    migrated.limits = limits(migrated.step);
    Event event{situation_.state.version + 1,
                input_.now,
                input_.now,
                situation_.actor,
                situation_.roles,
                migrated};
    // The requests are judged where the case then stands.
    CaseState moved = situation_.state;
    moved.requests.clear();
    evolve(moved, event);
    migrated.requests = carry_requests(situation_.state.requests, *input_.target, moved, command_,
                                       input_.fresh_id, input_.now);
    event.body = std::move(migrated);
    return event;
  }

  const Situation& situation_;
  const MigrateCase& command_;
  const DecisionInput& input_;
  std::vector<Obstacle> obstacles_;
};

}  // namespace

Decided decide_migration(const Situation& situation, const MigrateCase& command,
                         const DecisionInput& input) {
  return Migration(situation, command, input).run();
}

}  // namespace mingjian
