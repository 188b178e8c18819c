#include "engine/case/decide_due.h"

#include <utility>

#include "engine/access/system_actor.h"
#include "engine/case/evolve.h"
#include "engine/case/stage_step.h"
#include "engine/chart/timers.h"

namespace mingjian {
namespace {

constexpr std::int64_t kMicrosecondsOfAMillisecond = 1000;

TimerFired described(const chart::Chart& chart, const chart::Timer& timer) {
  if (const auto* after = std::get_if<chart::AfterTimer>(&timer.what)) {
    const chart::Delay& delay = chart.delays()[after->delay];
    return {chart.state(delay.state).id, delay.key, {}, {}, {}};
  }
  const chart::Event& event = std::get<chart::DelayedEvent>(timer.what).event;
  return {{}, {}, event.type, event.data, {}};
}

// Whether the timers go round in circles: so many at one moment, and there is still one.
bool runs_away(const std::vector<Event>& events, const chart::Snapshot& after) {
  const auto next = chart::next_due(after);
  return events.size() >= kMostDueAtOnce && next &&
         events.front().occurred_at.microseconds == *next * kMicrosecondsOfAMillisecond;
}

}  // namespace

Decided decide_due(const Situation& situation, Instant now, std::size_t most) {
  const chart::Chart& chart = situation.definition.chart();
  const std::int64_t now_ms = now.microseconds / kMicrosecondsOfAMillisecond;
  CaseState state = situation.state;
  chart::Snapshot snapshot = situation.snapshot;
  std::vector<Event> events;
  while (events.size() < most) {
    auto macrostep = chart::fire_next(chart, snapshot, now_ms, situation.facts());
    if (!macrostep) return events;
    const chart::Timer timer = *chart::next_timer(snapshot);
    auto step = stage_step(situation.definition, state.data, state.chart, *macrostep);
    // What happened before it stands; it is met again when it is the first.
    if (!step && !events.empty()) return events;
    if (!step) return tl::unexpected(std::move(step.error()));
    step->sources.clear();  // nobody acted there
    TimerFired fired = described(chart, timer);
    fired.step = std::move(*step);
    events.push_back({state.version + 1,
                      now,
                      {timer.due_ms * kMicrosecondsOfAMillisecond},
                      kSystem,
                      {},
                      std::move(fired)});
    evolve(state, events.back());
    snapshot = std::move(macrostep->after);
  }
  if (!runs_away(events, snapshot)) return events;
  return tl::unexpected(std::vector{
      Obstacle{ObstacleKind::kState,
               {"流程定义的定时转移在同一时刻不停地循环，案件没有变动",
                "the timers of the definition go round without end at one moment; the case was "
                "not changed"}}});
}

}  // namespace mingjian
