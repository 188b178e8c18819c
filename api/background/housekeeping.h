#pragma once

#include <chrono>
#include <vector>

#include "api/background/leader.h"
#include "engine/ports/directory.h"
#include "engine/ports/store.h"

namespace mingjian::background {

// The name of the lease of him who keeps house.
inline constexpr const char* kHousekeeping = "housekeeping";

struct HousekeepingOptions {
  // How long the first answer to a command is kept for its repeats.
  std::chrono::hours keep_answers = std::chrono::days(30);
  std::chrono::milliseconds every = std::chrono::minutes(1);
};

// What has to be thrown away now and again, in parts that hold nobody up: sessions that ended,
// answers that are older than they are kept, failures to sign in of a day ago. What is old is told
// by the clock of the store. Both must outlive the chores.
[[nodiscard]] std::vector<Chore> housekeeping(Store& store, Directory& directory,
                                              HousekeepingOptions options);

}  // namespace mingjian::background
