#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/case/state.h"

// What will happen in a case by itself (到期). It follows from the case alone, without its
// definition: the rows that a store keeps of it could be made anew from the heads at any time.
namespace mingjian {

// A timer that runs.
struct RunningTimer {
  Instant due_at;
  std::string state;  // id of the state whose `after` it is; empty for an event raised with a delay
  std::string delay;  // of `after`, as the definition writes it
  std::string event;  // raised with a delay; empty for a timer of `after`

  bool operator==(const RunningTimer&) const = default;
};

// In the order in which they will fire. A moment after the year 9999 never comes: what is due then
// is left out. None of a closed case.
[[nodiscard]] std::vector<RunningTimer> running_timers(const CaseState& state);

// The next moment at which something of this case is due; nothing where there is none. The one
// place that says so: every kind of thing that can fall due is counted here.
[[nodiscard]] std::optional<Instant> next_due(const CaseState& state);

}  // namespace mingjian
