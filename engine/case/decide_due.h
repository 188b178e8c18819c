#pragma once

#include <cstddef>

#include "engine/case/decide.h"

namespace mingjian {

// So many things fall due in one decision; what is left is for the next.
inline constexpr std::size_t kMostDueAtOnce = 100;

// What has fallen due in a case by `now`, the first `most` in order, each event at its own time; no
// event where nothing has. `situation` is as kSystem sees the case. Obstacles: what is due cannot
// happen, for the definition does not come to rest there, or the data would not fit; then it stays
// due.
//
// A request that awaits approval does not stop time: a timer whose transition leaves the state
// where a request was made ends that request, as the transition of a person does. Whoever could
// hold a case beyond its time by asking for a signature would have no time limit.
[[nodiscard]] Decided decide_due(const Situation& situation, Instant now,
                                 std::size_t most = kMostDueAtOnce);

}  // namespace mingjian
