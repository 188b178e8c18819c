#pragma once

#include <ostream>

#include "api/cli/settings.h"

namespace mingjian::cli {

// Folds the events of every case of a store and compares with its head, byte for byte; says what
// does not hold. Gives the exit code.
[[nodiscard]] int verify_store(const Settings& settings, std::ostream& out,
                               std::ostream& complaints);

}  // namespace mingjian::cli
