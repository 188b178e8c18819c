#pragma once

#include <cstdint>
#include <vector>

#include <tl/expected.hpp>

#include "engine/chart/chart.h"
#include "engine/chart/event.h"
#include "engine/chart/snapshot.h"
#include "engine/guard/explain.h"

// Questions about what could happen next. They change nothing; a case that is done has no answers.
namespace mingjian::chart {

// The transitions that the event would take first, conflicts resolved, in the order of selection.
// A guard that fails counts as false.
[[nodiscard]] std::vector<TransitionIndex> select(const Chart& chart, const Snapshot& snapshot,
                                                  const Event& event, const Facts& facts,
                                                  std::int64_t now_ms = 0);

// All transitions under `on` of the active states, whatever their guards say, in document order.
[[nodiscard]] std::vector<TransitionIndex> candidates(const Chart& chart, const Snapshot& snapshot);

// Whether the transition's guard holds for the event; the error if it fails. No guard: true.
[[nodiscard]] tl::expected<bool, Json> guard_holds(const Chart& chart, TransitionIndex transition,
                                                   const Snapshot& snapshot, const Event& event,
                                                   const Facts& facts, std::int64_t now_ms = 0);

// Why the transition's guard does not hold for the event (guard/explain.h). No guard: no reasons.
[[nodiscard]] std::vector<Text> explain_guard(const Chart& chart, TransitionIndex transition,
                                              const Snapshot& snapshot, const Event& event,
                                              const Facts& facts, std::int64_t now_ms,
                                              const guard::Wording& wording);

// The states that the transition would leave if it were taken now, in the order of leaving.
[[nodiscard]] std::vector<StateIndex> exit_set(const Chart& chart, const Snapshot& snapshot,
                                               TransitionIndex transition);

// The states that the transition would enter if it alone were taken now, in document order.
[[nodiscard]] std::vector<StateIndex> entry_set(const Chart& chart, const Snapshot& snapshot,
                                                TransitionIndex transition);

}  // namespace mingjian::chart
