#pragma once

#include <string>
#include <vector>

#include "engine/case/situation.h"

namespace mingjian {

// The states from which the person acted in the case and which a transition keeps apart from
// itself (not_same_as).
[[nodiscard]] std::vector<chart::StateIndex> states_barring(const Situation& situation,
                                                            chart::TransitionIndex transition,
                                                            const PersonId& person);

}  // namespace mingjian
