#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/clerk.h"

namespace mingjian::testing {

// One event of a case, with what it is found by: a filing by its reference, a note by its text, a
// transition by the case and its name.
struct Traced {
  int version = 0;
  std::string trace;
};

// The histories of all cases that the reader sees, by the id of the case, in the order that the
// server gives.
using Histories = std::map<std::string, std::vector<Traced>>;
[[nodiscard]] Histories histories(Clerk& reader);

// How often each trace is found in them.
[[nodiscard]] std::map<std::string, int> count_traces(const Histories& histories);

}  // namespace mingjian::testing
