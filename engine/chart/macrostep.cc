#include "engine/chart/macrostep.h"

#include <algorithm>
#include <utility>

#include "engine/chart/interpreter.h"
#include "engine/chart/timers.h"

namespace mingjian::chart {

const Json& SeenEvent::json() const {
  if (!json_) {
    json_.emplace();
    if (event_ != nullptr) {
      (*json_)["type"] = event_->type;
      (*json_)["data"] = event_->data;
    }
  }
  return *json_;
}

const Json* StepScope::member(std::string_view key) const {
  if (key == "context") return &snapshot_.context;
  if (key == "event") return &event_.json();
  if (key == "now") return &now_;
  if (key == "case") return facts_.case_facts;
  if (key == "actor") return facts_.actor;
  return nullptr;
}

Json StepScope::whole() const {
  Json all = {{"context", snapshot_.context}, {"event", event_.json()}, {"now", now_}};
  if (facts_.case_facts != nullptr) all["case"] = *facts_.case_facts;
  if (facts_.actor != nullptr) all["actor"] = *facts_.actor;
  return all;
}

void Interpreter::enter_root() {
  Entry entry = new_entry();
  add_descendants(entry, 0);
  Microstep step;
  enter(entry, step);
  microsteps_.push_back(std::move(step));
}

void Interpreter::take_event(const Event& event) {
  set_event(event);
  const auto enabled = select_for_event(event.type);
  if (!enabled.empty()) microstep(enabled);
}

void Interpreter::take_timer(std::uint32_t number) {
  const Delay& delay = chart_.delays()[number];
  raised_ = {"after", {{"state", chart_.state(delay.state).id}, {"delay", delay.key}}};
  set_event(raised_);
  for (TransitionIndex index = delay.transitions.begin; index < delay.transitions.end; ++index) {
    if (!guard_holds(index)) continue;
    microstep({{index, domain_now(index)}});
    return;
  }
}

void Interpreter::settle() {
  while (!fault_ && !snapshot_.done) {
    if (!legal()) {
      fault_ = Fault::kIllegalConfiguration;
    } else if (microsteps_.size() > kMicrostepLimit) {
      fault_ = Fault::kRunaway;
    } else if (at_the_end()) {
      end();
    } else if (const auto eventless = select_eventless(); !eventless.empty()) {
      microstep(eventless);
    } else if (!internal_.empty()) {
      raised_ = std::move(internal_.front());
      internal_.pop_front();
      take_event(raised_);
    } else {
      return;
    }
  }
}

Macrostep Interpreter::finish(const Snapshot& before) {
  if (fault_) return {before, {}, {}, fault_};
  return {std::move(snapshot_), std::move(microsteps_), std::move(effects_), std::nullopt};
}

Macrostep start(const Chart& chart, const Facts& facts, std::int64_t now_ms, const Json* context) {
  Snapshot empty;
  empty.configuration = StateSet(chart.states().size());
  empty.context = context == nullptr ? chart.initial_context() : *context;
  Interpreter interpreter(chart, empty, facts, now_ms);
  interpreter.enter_root();
  interpreter.settle();
  return interpreter.finish(empty);
}

Macrostep send(const Chart& chart, const Snapshot& snapshot, const Event& event, const Facts& facts,
               std::int64_t now_ms) {
  if (snapshot.done || snapshot.configuration.empty()) return {snapshot, {}, {}, std::nullopt};
  Interpreter interpreter(chart, snapshot, facts, now_ms);
  interpreter.take_event(event);
  interpreter.settle();
  return interpreter.finish(snapshot);
}

const Timer* next_timer(const Snapshot& snapshot) {
  const auto first =
      std::min_element(snapshot.timers.begin(), snapshot.timers.end(),
                       [](const Timer& a, const Timer& b) { return a.due_ms < b.due_ms; });
  return first == snapshot.timers.end() ? nullptr : &*first;
}

std::optional<std::int64_t> next_due(const Snapshot& snapshot) {
  const Timer* const first = next_timer(snapshot);
  return first == nullptr ? std::nullopt : std::optional(first->due_ms);
}

std::optional<Macrostep> fire_next(const Chart& chart, const Snapshot& snapshot,
                                   std::int64_t until_ms, const Facts& facts) {
  if (snapshot.done) return std::nullopt;
  const Timer* const first = next_timer(snapshot);
  if (first == nullptr || first->due_ms > until_ms) return std::nullopt;
  Snapshot rest = snapshot;
  rest.timers.erase(rest.timers.begin() + (first - snapshot.timers.data()));
  Interpreter interpreter(chart, std::move(rest), facts, first->due_ms);
  if (const auto* after = std::get_if<AfterTimer>(&first->what)) {
    interpreter.take_timer(after->delay);
  } else {
    interpreter.take_event(std::get<DelayedEvent>(first->what).event);
  }
  interpreter.settle();
  return interpreter.finish(snapshot);
}

Advance advance(const Chart& chart, const Snapshot& snapshot, std::int64_t until_ms,
                const Facts& facts, std::size_t limit) {
  Advance result{snapshot, 0, {}, {}, std::nullopt};
  while (auto step = fire_next(chart, result.after, until_ms, facts)) {
    if (step->fault || result.fired >= limit) {
      result.fault = step->fault ? step->fault : Fault::kRunaway;
      return result;
    }
    ++result.fired;
    result.after = std::move(step->after);
    for (Microstep& each : step->microsteps) result.microsteps.push_back(std::move(each));
    for (Json& effect : step->effects) result.effects.push_back(std::move(effect));
  }
  return result;
}

}  // namespace mingjian::chart
