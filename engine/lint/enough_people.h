#pragma once

#include <set>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian::lint {

// The roles of each person in an office.
using Staff = std::vector<std::set<Role>>;

// Whether different people can do all that a transition asks: one takes it or asks for it, and for
// each signature there is another.
[[nodiscard]] bool enough_people(const TransitionNotes& notes, const Staff& staff);

}  // namespace mingjian::lint
