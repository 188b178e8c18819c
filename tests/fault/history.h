#pragma once

#include <map>
#include <string>

#include "tests/fault/clerk.h"

namespace mingjian::testing {

// How often each command is found among the events of all cases that the reader sees: a filing by
// its reference, a note by its text, a transition by the case and its name.
[[nodiscard]] std::map<std::string, int> traces(Clerk& reader);

}  // namespace mingjian::testing
