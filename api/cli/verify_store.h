#pragma once

#include <ostream>

#include "api/cli/settings.h"

namespace mingjian::cli {

// mingjian verify: folds the events of every case and compares with its head, byte for byte.
[[nodiscard]] int verify_store(const Settings& settings, std::ostream& out,
                               std::ostream& complaints);

}  // namespace mingjian::cli
