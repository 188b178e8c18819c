#pragma once

#include <set>
#include <vector>

#include "engine/lint/finding.h"
#include "engine/lint/state_graph.h"
#include "engine/ports/directory.h"

namespace mingjian::lint {

// missing_role: a case can come to where nothing moves any more for want of somebody who holds a
// role. unfilled_role (a warning): nobody can take or approve a transition, but there are other
// ways to the end.
[[nodiscard]] std::vector<Finding> check_office(const Definition& definition,
                                                const StateGraph& graph,
                                                const std::set<Role>& held);

// The roles of the posts of active people that have no end.
[[nodiscard]] std::set<Role> roles_held(const Office& office);

}  // namespace mingjian::lint
