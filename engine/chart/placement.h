#pragma once

#include <optional>
#include <vector>

#include "engine/chart/macrostep.h"

// Standing at a place without having walked there: for cases that move to another version of their
// definition, and for judging what lies ahead of a place.
namespace mingjian::chart {

// The configuration in which all of `states` are active: compound states with their initial state,
// parallel ones with all regions, each region that none of `states` is in with its initial state.
// Nothing where the states cannot be active together. Requires no history state among them.
[[nodiscard]] std::optional<StateSet> configuration_with(const Chart& chart,
                                                         const std::vector<StateIndex>& states);

// Takes the eventless transitions that are enabled, as the end of a macrostep does.
[[nodiscard]] Macrostep settle(const Chart& chart, const Snapshot& snapshot, const Facts& facts,
                               std::int64_t now_ms);

// The states that may be active now or later if every guard can hold and every event come. More may
// be in it than can really be reached, never less.
[[nodiscard]] StateSet reachable(const Chart& chart, const Snapshot& snapshot);

// Whether the case could come to its end through these states.
[[nodiscard]] bool reaches_end(const Chart& chart, const StateSet& states);

}  // namespace mingjian::chart
