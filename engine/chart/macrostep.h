#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/chart/chart.h"
#include "engine/chart/event.h"
#include "engine/chart/snapshot.h"

namespace mingjian::chart {

// A macrostep of more microsteps is a fault (contract, section 3 "Runaway").
inline constexpr std::size_t kMicrostepLimit = 10'000;

enum class Fault {
  kRunaway,              // the definition does not come to rest
  kIllegalConfiguration  // a defect of the engine, caught before it could be stored
};

// Transitions taken together, and what that did.
struct Microstep {
  std::vector<TransitionIndex> transitions;  // in the order of selection; none at the start
  std::vector<StateIndex> left;              // in the order in which they were left
  std::vector<StateIndex> entered;           // in the order in which they were entered
};

// All that follows from one event from outside. With a fault everything is undone: `after` is the
// snapshot as it was, and there are no microsteps and no effects.
struct Macrostep {
  Snapshot after;
  std::vector<Microstep> microsteps;
  std::vector<Json> effects;  // {"type", "params"}, in order
  std::optional<Fault> fault;
};

// `context`: the first data; nullptr: as the definition says. Enters the root at the time `now_ms`
// (milliseconds; the caller chooses from when). With a fault the snapshot has an empty
// configuration.
[[nodiscard]] Macrostep start(const Chart& chart, const Facts& facts = {}, std::int64_t now_ms = 0,
                              const Json* context = nullptr);

// Takes one event from outside. Timers that are due are not fired: see advance (timers.h). A case
// that is done, or that was never started, stays as it is.
[[nodiscard]] Macrostep send(const Chart& chart, const Snapshot& snapshot, const Event& event,
                             const Facts& facts, std::int64_t now_ms);

}  // namespace mingjian::chart
