#pragma once

#include <iosfwd>

#include "tests/cluster/attempt.h"

namespace mingjian::testing {

// What clients felt of the faults: how much went through, how long a definite answer took, how long
// nobody got one. For people; nothing is asserted of times.
void print_figures(std::ostream& out, const Attempts& attempts);

}  // namespace mingjian::testing
