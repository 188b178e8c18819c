#pragma once

#include <vector>

#include "engine/definition/definition.h"
#include "engine/lint/finding.h"

namespace mingjian::lint {

// shadowed_transition: in the same state an earlier transition for the same event always goes
// first, because it has no guard or one that holds whatever the data are.
[[nodiscard]] std::vector<Finding> check_shadowed(const Definition& definition);

}  // namespace mingjian::lint
