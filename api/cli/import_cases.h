#pragma once

#include <ostream>
#include <string>

#include "api/cli/settings.h"

namespace mingjian::cli {

// mingjian import FILE.jsonl: files one case a line, through the same service as the API. A line
// that is refused is reported with its number and pointer, and stops nothing else. The same line
// imported again by the same person is not filed twice.
[[nodiscard]] int import_cases(const Settings& settings, const std::string& file,
                               const std::string& person, std::ostream& out,
                               std::ostream& complaints);

}  // namespace mingjian::cli
