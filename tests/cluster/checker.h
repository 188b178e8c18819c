#pragma once

#include <string>
#include <vector>

#include "tests/cluster/attempt.h"
#include "tests/support/histories.h"

namespace mingjian::testing {

// What contradicts the promises to clients, in the manner of Jepsen: from what clients sent and
// heard, and from the histories as they are in the end. Empty: nothing does. The promises:
// - what was acknowledged is there exactly once, in the place that the answer named;
// - what was refused is not there; what was never answered is there at most once; nothing else is;
// - the same command gets the same answer each time;
// - versions of a case are 1, 2, 3, ... in order;
// - a command is refused as too late only where somebody else was faster;
// - acts are in the order in which they were acknowledged;
// - a read gives nothing older than what was acknowledged, or read, before it began, on whichever
//   server, and nothing that nobody has yet written;
// - a fault of the cluster is never told as one of the program (500).
[[nodiscard]] std::vector<std::string> violations(const Attempts& attempts,
                                                  const Histories& histories);

}  // namespace mingjian::testing
