#include <algorithm>

#include "engine/chart/compiler.h"
#include "engine/chart/interpreter.h"
#include "engine/chart/options.h"

namespace mingjian::chart {

bool Interpreter::guard_holds(TransitionIndex index) {
  const Transition& transition = chart_.transition(index);
  if (!transition.guard) return true;
  const auto result = holds(*transition.guard);
  if (!result &&
      std::find(failed_guards_.begin(), failed_guards_.end(), index) == failed_guards_.end()) {
    failed_guards_.push_back(index);
    raise_error();
  }
  return result && *result;
}

// Each active leaf, in document order, looks for the first transition on its way to the root.
template <class Matches>
std::vector<Enabled> Interpreter::select(Matches matches, bool eventless) {
  std::vector<Enabled> kept;
  const auto& states = chart_.states();
  const auto count = static_cast<StateIndex>(states.size());
  const auto first_of = [&](StateIndex state) -> std::optional<TransitionIndex> {
    const IndexRange range = eventless ? states[state].always : states[state].on;
    for (TransitionIndex index = range.begin; index < range.end; ++index) {
      if (matches(chart_.transition(index)) && guard_holds(index)) return index;
    }
    return std::nullopt;
  };
  StateSet asked(count);
  for (StateIndex leaf = snapshot_.configuration.next(0, count); leaf != kNoState;
       leaf = snapshot_.configuration.next(leaf + 1, count)) {
    if (!chart_.is_leaf(leaf)) continue;
    // From a state that was asked on, an earlier leaf has gone the same way with the same result.
    for (StateIndex at = leaf; at != kNoState && !asked.contains(at); at = states[at].parent) {
      asked.insert(at);
      const auto found = first_of(at);
      if (!found) continue;
      add_without_conflict(kept, *found);
      break;
    }
  }
  return kept;
}

std::vector<Enabled> Interpreter::select_for_event(const std::string& type) {
  return select([&](const Transition& transition) { return transition.event.matches(type); },
                false);
}

std::vector<Enabled> Interpreter::select_eventless() {
  return select([](const Transition&) { return true; }, true);
}

bool Interpreter::conflict(StateIndex a, StateIndex b) const {
  if (a == kNoState || b == kNoState) return false;
  const bool nested = a == b || chart_.is_inside(a, b) || chart_.is_inside(b, a);
  if (!nested) return false;
  const StateIndex inner = std::max(a, b);  // in document order the inner one comes later
  return snapshot_.configuration.any_in(inner + 1, chart_.state(inner).end);
}

void Interpreter::add_without_conflict(std::vector<Enabled>& kept, TransitionIndex index) const {
  const Enabled added{index, domain_now(index)};
  const StateIndex source = chart_.transition(index).source;
  const auto clashes = [&](const Enabled& other) { return conflict(added.domain, other.domain); };
  const bool preempted = std::any_of(kept.begin(), kept.end(), [&](const Enabled& other) {
    return clashes(other) && !chart_.is_inside(source, chart_.transition(other.index).source);
  });
  if (preempted) return;
  std::erase_if(kept, clashes);  // the transition from further inside goes before them
  kept.push_back(added);
}

StateIndex Interpreter::domain_now(TransitionIndex index) const {
  const Transition& transition = chart_.transition(index);
  if (!transition.to_history) return transition.domain;
  std::vector<StateIndex> effective;
  for (const StateIndex target : transition.targets) {
    if (chart_.state(target).kind != StateKind::kHistory) {
      effective.push_back(target);
      continue;
    }
    const auto record =
        std::find_if(snapshot_.history.begin(), snapshot_.history.end(),
                     [&](const HistoryRecord& each) { return each.history == target; });
    if (record != snapshot_.history.end()) {
      effective.insert(effective.end(), record->states.begin(), record->states.end());
    } else if (!chart_.state(target).targets.empty()) {
      const auto& defaults = chart_.state(target).targets;
      effective.insert(effective.end(), defaults.begin(), defaults.end());
    } else {
      const State& parent = chart_.state(chart_.state(target).parent);
      if (parent.kind == StateKind::kCompound) {
        effective.insert(effective.end(), parent.targets.begin(), parent.targets.end());
      } else {
        for (StateIndex region = chart_.state(target).parent + 1; region < parent.end;
             region = chart_.state(region).end) {
          if (chart_.state(region).kind != StateKind::kHistory) effective.push_back(region);
        }
      }
    }
  }
  return domain_for(chart_.states(), transition.source, effective, transition.reenter);
}

std::vector<TransitionIndex> select(const Chart& chart, const Snapshot& snapshot,
                                    const Event& event, const Facts& facts, std::int64_t now_ms) {
  std::vector<TransitionIndex> indices;
  if (snapshot.done) return indices;
  Interpreter interpreter(chart, snapshot, facts, now_ms);
  interpreter.set_event(event);
  for (const Enabled& enabled : interpreter.select_for_event(event.type))
    indices.push_back(enabled.index);
  return indices;
}

std::vector<TransitionIndex> candidates(const Chart& chart, const Snapshot& snapshot) {
  std::vector<TransitionIndex> found;
  if (snapshot.done) return found;
  for (const StateIndex state : snapshot.configuration.members()) {
    const IndexRange range = chart.state(state).on;
    for (TransitionIndex index = range.begin; index < range.end; ++index) {
      if (chart.transition(index).trigger == Trigger::kEvent) found.push_back(index);
    }
  }
  return found;
}

tl::expected<bool, Json> guard_holds(const Chart& chart, TransitionIndex transition,
                                     const Snapshot& snapshot, const Event& event,
                                     const Facts& facts, std::int64_t now_ms) {
  const auto& guard = chart.transition(transition).guard;
  if (!guard) return true;
  const SeenEvent seen(event);
  return guard->holds(StepScope(snapshot, seen, facts, now_ms));
}

std::vector<StateIndex> exit_set(const Chart& chart, const Snapshot& snapshot,
                                 TransitionIndex transition) {
  std::vector<StateIndex> left;
  if (chart.transition(transition).targets.empty()) return left;
  const Facts none;
  const StateIndex domain = Interpreter(chart, snapshot, none, 0).domain_now(transition);
  for (StateIndex s = snapshot.configuration.next(domain + 1, chart.state(domain).end);
       s != kNoState; s = snapshot.configuration.next(s + 1, chart.state(domain).end)) {
    left.insert(left.begin(), s);
  }
  return left;
}

std::vector<StateIndex> entry_set(const Chart& chart, const Snapshot& snapshot,
                                  TransitionIndex transition) {
  if (chart.transition(transition).targets.empty()) return {};
  const Facts none;
  Interpreter interpreter(chart, snapshot, none, 0);
  const StateIndex domain = interpreter.domain_now(transition);
  auto entry = interpreter.new_entry();
  interpreter.add_entry(entry, chart.transition(transition).targets, domain);
  const auto left = exit_set(chart, snapshot, transition);
  std::vector<StateIndex> entered;
  for (const StateIndex state : entry.states.members()) {
    const bool stays = snapshot.configuration.contains(state) &&
                       std::find(left.begin(), left.end(), state) == left.end();
    if (!stays) entered.push_back(state);
  }
  return entered;
}

}  // namespace mingjian::chart
