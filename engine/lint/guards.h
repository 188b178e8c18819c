#pragma once

#include <vector>

#include "engine/definition/definition.h"
#include "engine/lint/finding.h"

namespace mingjian::lint {

// What is wrong with the types of a definition's expressions (guard/typecheck.h): guards of
// transitions and of `choose`, what is assigned, raised, logged, given out and computed as a delay,
// and the title of a case. In document order of states, then of transitions.
[[nodiscard]] std::vector<Finding> check_guards(const Definition& definition);

}  // namespace mingjian::lint
