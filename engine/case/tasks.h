#pragma once

#include <string>
#include <vector>

#include "engine/case/state.h"

namespace mingjian {

// The turns that are open in a case, each by its id. They follow from the case alone: all rows of
// tasks that are open could be made anew from it.
[[nodiscard]] std::vector<TaskRow> open_tasks(const CaseState& state);

// The rows that change between two states: tasks that ended, with who ended them and how, and
// tasks that began. `events` led from one to the other.
[[nodiscard]] std::vector<TaskRow> changed_tasks(const CaseState& before, const CaseState& after,
                                                 const std::vector<Event>& events);

}  // namespace mingjian
