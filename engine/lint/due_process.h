#pragma once

#include <vector>

#include "engine/lint/finding.h"
#include "engine/lint/property.h"
#include "engine/lint/state_graph.h"

namespace mingjian::lint {

// broken_property: some case can go against a property that the definition declares or the register
// asks for, with the shortest path that does. idle_property (a warning): nothing in the definition
// is what a property that it declares speaks of.
[[nodiscard]] std::vector<Finding> check_properties(const Definition& definition,
                                                    const std::vector<Property>& properties,
                                                    const StateGraph& graph);

}  // namespace mingjian::lint
