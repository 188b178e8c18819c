#pragma once

#include <vector>

#include "engine/lint/enough_people.h"
#include "engine/lint/finding.h"
#include "engine/lint/state_graph.h"
#include "engine/ports/directory.h"

namespace mingjian::lint {

// missing_role: a case can come to where nothing moves any more for want of somebody who holds a
// role. unfilled_role (a warning): nobody can take or approve a transition, but there are other
// ways to the end. too_few_people (a warning): every role is held, but not by as many different
// people as a transition and its signatures need.
[[nodiscard]] std::vector<Finding> check_office(const Definition& definition,
                                                const StateGraph& graph, const Staff& staff);

// The roles of the posts that have no end, of each person who is active.
[[nodiscard]] Staff staff_of(const Office& office);

}  // namespace mingjian::lint
