#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/case/obstacle.h"
#include "engine/case/situation.h"

namespace mingjian {

// Where a case would stand in another version of its definition, before anything happens there.
struct Placing {
  chart::Snapshot snapshot;
  std::vector<TimerOutcome> timers;
};

// Maps all that the statechart remembers of a case: where it stands, where it would resume, what
// runs; the data of the case get the fields that the new version adds, with its first values.
// Obstacles: a state without counterpart, places that exclude each other, an end.
[[nodiscard]] tl::expected<Placing, std::vector<Obstacle>> place(const Situation& situation,
                                                                 const Definition& target,
                                                                 const MigrateCase& command,
                                                                 Instant now);

// “title” of a state, or its id.
[[nodiscard]] Text name_of_state(const Definition& definition, chart::StateIndex state);

}  // namespace mingjian
