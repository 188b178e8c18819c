#pragma once

#include "engine/case/event.h"
#include "engine/case/state.h"

namespace mingjian {

// The one way in which a case changes. Total: any event that was recorded can be folded.
// The first event of a case is a CaseFiled onto a state that has only its id.
void evolve(CaseState& state, const Event& event);

}  // namespace mingjian
