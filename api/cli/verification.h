#pragma once

#include <ostream>

#include "api/cli/settings.h"

namespace mingjian::cli {

// What becomes of a row of timers that does not fit the head of its case.
enum class WrongTimers { kReport, kMend };

// Folds the events of every case of a store and compares with its head, byte for byte, and so the
// moment at which something of it is due; says what does not hold. Gives the exit code.
[[nodiscard]] int verify_store(const Settings& settings, std::ostream& out,
                               std::ostream& complaints,
                               WrongTimers wrong_timers = WrongTimers::kReport);

}  // namespace mingjian::cli
