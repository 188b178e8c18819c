#pragma once

#include "engine/base/json.h"
#include "engine/guard/expression.h"
#include "engine/guard/rule.h"

namespace mingjian::guard {

// What Expression::truth and Expression::known_value do.
[[nodiscard]] Truth possible_truth(const Rule& rule, const Scope& scope);
[[nodiscard]] bool is_known(const Rule& rule, const Scope& scope);

}  // namespace mingjian::guard
