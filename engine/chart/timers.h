#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/chart/macrostep.h"

namespace mingjian::chart {

// One advance of the clock in which more timers fire is a fault (contract, section 3 "Runaway").
inline constexpr std::size_t kTimerLimit = 10'000;

// The timer that fires next: the first to fall due, among equals the first that was started.
// Nothing where none runs. Borrowed from the snapshot.
[[nodiscard]] const Timer* next_timer(const Snapshot& snapshot);

// When the next timer is due (milliseconds), if there is one.
[[nodiscard]] std::optional<std::int64_t> next_due(const Snapshot& snapshot);

// Fires next_timer, if it is due at `until_ms` or before; `now` is then its own due time. With a
// fault the timer is still there.
[[nodiscard]] std::optional<Macrostep> fire_next(const Chart& chart, const Snapshot& snapshot,
                                                 std::int64_t until_ms, const Facts& facts);

// What the passing of time did.
struct Advance {
  Snapshot after;
  std::size_t fired = 0;
  std::vector<Microstep> microsteps;
  std::vector<Json> effects;
  std::optional<Fault> fault;  // `after` is then as before the macrostep that failed
};

// Fires what is due up to `until_ms`, in order of due time, then of start, at most `limit` timers;
// one more is a fault.
[[nodiscard]] Advance advance(const Chart& chart, const Snapshot& snapshot, std::int64_t until_ms,
                              const Facts& facts, std::size_t limit = kTimerLimit);

}  // namespace mingjian::chart
