#include "engine/chart/placement.h"

#include <utility>

#include "engine/chart/interpreter.h"
#include "engine/chart/legal.h"

namespace mingjian::chart {
namespace {

// Follows all transitions from what is active, whatever their guards say.
class Exploration {
 public:
  Exploration(const Chart& chart, const Snapshot& snapshot)
      : chart_(chart),
        history_(snapshot.history),
        active_(chart.states().size()),
        by_default_(chart.states().size()) {
    for (const StateIndex state : snapshot.configuration.members()) activate(state);
  }

  StateSet run() {
    while (!open_.empty()) {
      const State& state = chart_.state(open_.back());
      open_.pop_back();
      follow(state.on);
      follow(state.always);
      for (std::uint32_t delay = state.delays.begin; delay < state.delays.end; ++delay)
        follow(chart_.delays()[delay].transitions);
    }
    return std::move(active_);
  }

 private:
  void follow(IndexRange transitions) {
    for (TransitionIndex index = transitions.begin; index < transitions.end; ++index) {
      const Transition& transition = chart_.transition(index);
      enter_all(transition.targets, transition.to_history ? kNoState : transition.domain);
    }
  }

  void activate(StateIndex state) {
    if (active_.contains(state)) return;
    active_.insert(state);
    open_.push_back(state);
  }

  void enter_all(const std::vector<StateIndex>& states, StateIndex domain) {
    for (const StateIndex state : states) enter(state, domain);
  }

  // The state by default, and its ancestors below the domain.
  void enter(StateIndex state, StateIndex domain) {
    if (chart_.state(state).kind == StateKind::kHistory) return bring_back(state);
    enter_by_default(state);
    for (StateIndex at = chart_.state(state).parent; at != kNoState && at != domain;
         at = chart_.state(at).parent) {
      activate(at);
      if (chart_.state(at).kind == StateKind::kParallel) enter_regions(at, state);
    }
  }

  void enter_by_default(StateIndex state) {
    if (by_default_.contains(state)) return;
    by_default_.insert(state);
    activate(state);
    if (chart_.state(state).kind == StateKind::kCompound)
      enter_all(chart_.state(state).targets, state);
    if (chart_.state(state).kind == StateKind::kParallel) enter_regions(state, state);
  }

  // All regions but the one that `inside` is in.
  void enter_regions(StateIndex parallel, StateIndex inside) {
    const StateIndex end = chart_.state(parallel).end;
    for (StateIndex region = parallel + 1; region < end; region = chart_.state(region).end) {
      const bool other = region != inside && !chart_.is_inside(inside, region);
      if (other && chart_.state(region).kind != StateKind::kHistory) enter_by_default(region);
    }
  }

  // What was recorded, and the default; what will be recorded is active before.
  void bring_back(StateIndex history) {
    if (by_default_.contains(history)) return;
    by_default_.insert(history);
    for (const HistoryRecord& record : history_) {
      if (record.history == history) enter_all(record.states, kNoState);
    }
    if (chart_.state(history).targets.empty()) {
      enter(chart_.state(history).parent, kNoState);
    } else {
      enter_all(chart_.state(history).targets, kNoState);
    }
  }

  const Chart& chart_;
  const std::vector<HistoryRecord>& history_;
  StateSet active_;
  StateSet by_default_;  // that were entered by default, and histories that were followed
  std::vector<StateIndex> open_;
};

// Whether `state` can be complete: at a final child, or in all its regions.
bool completes(const Chart& chart, StateIndex index, const StateSet& states) {
  const State& state = chart.state(index);
  const bool parallel = state.kind == StateKind::kParallel;
  for (StateIndex child = index + 1; child < state.end; child = chart.state(child).end) {
    const StateKind kind = chart.state(child).kind;
    if (parallel && kind != StateKind::kHistory && !completes(chart, child, states)) return false;
    if (!parallel && kind == StateKind::kFinal && states.contains(child)) return true;
  }
  return parallel;
}

}  // namespace

std::optional<StateSet> configuration_with(const Chart& chart,
                                           const std::vector<StateIndex>& states) {
  Snapshot nowhere;
  nowhere.configuration = StateSet(chart.states().size());
  const Facts none;
  const Interpreter interpreter(chart, std::move(nowhere), none, 0);
  Interpreter::Entry entry = interpreter.new_entry();
  interpreter.add_entry(entry, states, 0);
  entry.states.insert(0);
  if (states.empty() || !is_legal(chart, entry.states)) return std::nullopt;
  return entry.states;
}

Macrostep settle(const Chart& chart, const Snapshot& snapshot, const Facts& facts,
                 std::int64_t now_ms) {
  if (snapshot.done || snapshot.configuration.empty()) return {snapshot, {}, {}, std::nullopt};
  Interpreter interpreter(chart, snapshot, facts, now_ms);
  interpreter.settle();
  return interpreter.finish(snapshot);
}

StateSet reachable(const Chart& chart, const Snapshot& snapshot) {
  return Exploration(chart, snapshot).run();
}

bool reaches_end(const Chart& chart, const StateSet& states) { return completes(chart, 0, states); }

}  // namespace mingjian::chart
