#pragma once

#include <ostream>

#include "api/cli/settings.h"

namespace mingjian::cli {

// mingjian serve: answers until SIGINT or SIGTERM. Prints its address when it is ready.
[[nodiscard]] int serve(const Settings& settings, std::ostream& out, std::ostream& complaints);

}  // namespace mingjian::cli
