#include <algorithm>

#include "engine/chart/interpreter.h"

namespace mingjian::chart {

Interpreter::Entry Interpreter::new_entry() const {
  return {StateSet(chart_.states().size()), StateSet(chart_.states().size())};
}

void Interpreter::add_entry(Entry& entry, const std::vector<StateIndex>& targets,
                            StateIndex domain) const {
  // An atomic state that goes to itself without reenter leaves nothing and enters nothing.
  if (chart_.is_leaf(domain)) return;
  for (const StateIndex target : targets) {
    if (chart_.state(target).kind == StateKind::kHistory) {
      add_history(entry, target, domain);
    } else {
      add_descendants(entry, target);
    }
  }
  for (const StateIndex target : targets) add_ancestors(entry, target, domain);
  if (chart_.state(domain).kind == StateKind::kParallel) add_missing_regions(entry, domain);
}

void Interpreter::add_history(Entry& entry, StateIndex history, StateIndex domain) const {
  const auto record =
      std::find_if(snapshot_.history.begin(), snapshot_.history.end(),
                   [&](const HistoryRecord& each) { return each.history == history; });
  const StateIndex parent = chart_.state(history).parent;
  const auto bring_back = [&](const std::vector<StateIndex>& states) {
    for (const StateIndex state : states) {
      if (chart_.state(state).kind == StateKind::kHistory) {
        add_history(entry, state, domain);
      } else {
        add_descendants(entry, state);
      }
    }
    for (const StateIndex state : states) add_ancestors(entry, state, parent);
    if (chart_.state(parent).kind == StateKind::kParallel) add_missing_regions(entry, parent);
  };
  if (record != snapshot_.history.end()) {
    bring_back(record->states);
  } else if (!chart_.state(history).targets.empty()) {
    bring_back(chart_.state(history).targets);
  } else {
    add_descendants(entry, parent);
  }
}

void Interpreter::add_descendants(Entry& entry, StateIndex state) const {
  entry.states.insert(state);
  const State& entered = chart_.state(state);
  if (entered.kind == StateKind::kParallel) {
    add_missing_regions(entry, state);
  } else if (entered.kind == StateKind::kCompound) {
    entry.by_default.insert(state);
    for (const StateIndex target : entered.targets) {
      if (chart_.state(target).kind == StateKind::kHistory) {
        add_history(entry, target, state);
      } else {
        add_descendants(entry, target);
      }
    }
    for (const StateIndex target : entered.targets) add_ancestors(entry, target, state);
  }
}

void Interpreter::add_ancestors(Entry& entry, StateIndex state, StateIndex domain) const {
  for (StateIndex at = chart_.state(state).parent;
       at != kNoState && at != domain && chart_.is_inside(at, domain);
       at = chart_.state(at).parent) {
    entry.states.insert(at);
    if (chart_.state(at).kind == StateKind::kParallel) add_missing_regions(entry, at);
  }
}

void Interpreter::add_missing_regions(Entry& entry, StateIndex parallel) const {
  const StateIndex end = chart_.state(parallel).end;
  for (StateIndex region = parallel + 1; region < end; region = chart_.state(region).end) {
    if (chart_.state(region).kind == StateKind::kHistory) continue;
    if (!entry.states.any_in(region, chart_.state(region).end)) add_descendants(entry, region);
  }
}

}  // namespace mingjian::chart
