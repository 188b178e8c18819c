#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/chart/chart.h"
#include "engine/chart/event.h"
#include "engine/chart/state_set.h"

namespace mingjian::chart {

// What a history state would bring back: active children (shallow) or leaves (deep) of its parent.
struct HistoryRecord {
  StateIndex history = 0;
  std::vector<StateIndex> states;  // in document order

  bool operator==(const HistoryRecord&) const = default;
};

// A running timer of `after`.
struct AfterTimer {
  std::uint32_t delay = 0;  // number in Chart::delays()

  bool operator==(const AfterTimer&) const = default;
};

// An event raised with a delay.
struct DelayedEvent {
  Event event;
  std::string id;  // for cancel; may be empty
};

// Something that comes from outside at a time.
struct Timer {
  std::int64_t due_ms = 0;
  std::variant<AfterTimer, DelayedEvent> what;
};

// Where a case stands between two macrosteps. A value; it belongs to one chart.
struct Snapshot {
  StateSet configuration;  // all active states, the ancestors too; empty before the start
  Json context;
  std::vector<HistoryRecord> history;
  std::vector<Timer> timers;  // in the order in which they were started
  bool done = false;
};

// With the ids of states, not their numbers, so that it can be stored:
// {"configuration": [ids of the active leaves in document order], "context", "done",
//  "history": {id of the history state: [ids]},
//  "timers": [{"due_ms", "state", "delay"} or {"due_ms", "event", "data", "id"}]}.
[[nodiscard]] Json to_json(const Chart& chart, const Snapshot& snapshot);

// Errors: kInvalidInput with the pointer of the member, for a state or timer that the chart does
// not have, and for a configuration or a record that can never be.
[[nodiscard]] Result<Snapshot> snapshot_from_json(const Chart& chart, const Json& json);

// The ids of the active leaves in document order.
[[nodiscard]] std::vector<std::string> active_leaf_ids(const Chart& chart,
                                                       const Snapshot& snapshot);

}  // namespace mingjian::chart
