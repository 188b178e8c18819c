#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "tests/cluster/attempt.h"

namespace mingjian::testing {

// What clients felt of the faults: how much went through, how long a definite answer took, how long
// nobody got one. For people; nothing is asserted of times.
void print_figures(std::ostream& out, const Attempts& attempts);

// A time in which something was wrong, by the clock of the attempts.
struct Trouble {
  std::string name;
  std::int64_t began = 0;  // microseconds
  std::int64_t ended = 0;
};

// A line for each: what clients felt of it.
void print_troubles(std::ostream& out, const Attempts& attempts,
                    const std::vector<Trouble>& troubles);

}  // namespace mingjian::testing
