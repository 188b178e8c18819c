#include <algorithm>

#include "engine/chart/interpreter.h"
#include "engine/chart/legal.h"

namespace mingjian::chart {

void Interpreter::microstep(const std::vector<Enabled>& enabled) {
  Microstep step;
  step.transitions.reserve(enabled.size());
  for (const Enabled& each : enabled) step.transitions.push_back(each.index);
  leave(enabled, step);
  for (const Enabled& each : enabled) run(chart_.transition(each.index).actions);
  Entry entry = new_entry();
  for (const Enabled& each : enabled) {
    if (each.domain != kNoState)
      add_entry(entry, chart_.transition(each.index).targets, each.domain);
  }
  enter(entry, step);
  microsteps_.push_back(std::move(step));
}

void Interpreter::leave(const std::vector<Enabled>& enabled, Microstep& step) {
  StateSet left(chart_.states().size());
  for (const Enabled& each : enabled) {
    if (each.domain == kNoState) continue;
    const StateIndex end = chart_.state(each.domain).end;
    for (StateIndex s = snapshot_.configuration.next(each.domain + 1, end); s != kNoState;
         s = snapshot_.configuration.next(s + 1, end)) {
      left.insert(s);
    }
  }
  step.left = left.members();
  std::reverse(step.left.begin(), step.left.end());
  for (const StateIndex state : step.left) record_history(state);
  for (const StateIndex state : step.left) {
    run(chart_.state(state).exit);
    std::erase_if(snapshot_.timers, [&](const Timer& timer) {
      const auto* after = std::get_if<AfterTimer>(&timer.what);
      return after != nullptr && chart_.delays()[after->delay].state == state;
    });
    snapshot_.configuration.erase(state);
  }
}

void Interpreter::record_history(StateIndex left) {
  const StateIndex end = chart_.state(left).end;
  for (const StateIndex history : chart_.state(left).histories) {
    HistoryRecord record{history, {}};
    const bool deep = chart_.state(history).history == HistoryKind::kDeep;
    for (StateIndex s = snapshot_.configuration.next(left + 1, end); s != kNoState;
         s = snapshot_.configuration.next(s + 1, end)) {
      if (deep ? chart_.is_leaf(s) : chart_.state(s).parent == left) record.states.push_back(s);
    }
    const auto known =
        std::find_if(snapshot_.history.begin(), snapshot_.history.end(),
                     [&](const HistoryRecord& each) { return each.history == history; });
    if (known == snapshot_.history.end()) {
      snapshot_.history.push_back(std::move(record));
    } else {
      *known = std::move(record);
    }
  }
}

void Interpreter::enter(const Entry& entry, Microstep& step) {
  const auto count = static_cast<StateIndex>(chart_.states().size());
  step.entered.reserve(entry.states.count());
  for (StateIndex s = entry.states.next(0, count); s != kNoState;
       s = entry.states.next(s + 1, count)) {
    if (snapshot_.configuration.contains(s)) continue;
    const State& state = chart_.state(s);
    snapshot_.configuration.insert(s);
    step.entered.push_back(s);
    run(state.entry);
    start_delays(s);
    if (entry.by_default.contains(s)) run(state.initial_actions);
    if (state.kind == StateKind::kFinal) raise_done(s);
  }
}

void Interpreter::start_delays(StateIndex state) {
  const IndexRange delays = chart_.state(state).delays;
  for (std::uint32_t delay = delays.begin; delay < delays.end; ++delay) {
    snapshot_.timers.push_back({now_ms_ + chart_.delays()[delay].milliseconds, AfterTimer{delay}});
  }
}

// Whether a final child of the compound state is active, or all regions of the parallel one are
// complete. An active state's parent is active, so the first active one inside is a child.
bool Interpreter::complete(StateIndex state) const {
  const State& entry = chart_.state(state);
  if (entry.kind != StateKind::kParallel) {
    const StateIndex child = snapshot_.configuration.next(state + 1, entry.end);
    return child != kNoState && chart_.state(child).kind == StateKind::kFinal;
  }
  for (StateIndex region = state + 1; region < entry.end; region = chart_.state(region).end) {
    if (chart_.state(region).kind != StateKind::kHistory && !complete(region)) return false;
  }
  return snapshot_.configuration.contains(state);
}

void Interpreter::raise_done(StateIndex final_state) {
  const StateIndex parent = chart_.state(final_state).parent;
  if (parent == 0) return;
  Json data;
  const auto& output = chart_.state(final_state).output;
  if (output && output->literal) {
    data = *output->literal;
  } else if (output && !evaluate(output->members, data)) {
    raise_error();
    data = nullptr;
  }
  internal_.push_back({chart_.state(parent).done_event, std::move(data)});
  for (StateIndex at = chart_.state(parent).parent; at != kNoState; at = chart_.state(at).parent) {
    if (chart_.state(at).kind != StateKind::kParallel || !complete(at)) break;
    internal_.push_back({chart_.state(at).done_event, nullptr});
  }
}

bool Interpreter::at_the_end() const { return complete(0); }

void Interpreter::end() {
  auto active = snapshot_.configuration.members();
  for (auto state = active.rbegin(); state != active.rend(); ++state)
    run(chart_.state(*state).exit);
  internal_.clear();
  snapshot_.timers.clear();
  snapshot_.done = true;
}

bool Interpreter::legal() const { return is_legal(chart_, snapshot_.configuration); }

}  // namespace mingjian::chart
