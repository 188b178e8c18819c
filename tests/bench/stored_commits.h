#pragma once

#include <cstddef>
#include <vector>

#include "engine/ports/store.h"

namespace mingjian::bench {

// The commits that made a case: its filing, and one for each event after it.
using CaseCommits = std::vector<Commit>;

// Those of the first so many cases of a store. Throws std::runtime_error.
[[nodiscard]] std::vector<CaseCommits> stored_commits(Store& store, std::size_t cases);

}  // namespace mingjian::bench
