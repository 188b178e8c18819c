#pragma once

#include <cstdint>

#include "engine/case/situation.h"
#include "engine/chart/event.h"

namespace mingjian {

// Why the guard of a transition does not let `event` pass, for the person of the situation: the
// guard in words, and which fields of the case are not as it asks. Says nothing of a case but what
// everyone may read who reads the case.
[[nodiscard]] Text guard_refusal(const Situation& situation, chart::TransitionIndex transition,
                                 const chart::Event& event, std::int64_t now_ms);

}  // namespace mingjian
