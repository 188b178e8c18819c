#pragma once

#include <ostream>
#include <string>

#include "api/cli/settings.h"

namespace mingjian::cli {

// mingjian office FILE.json: adds or replaces organisations, people and their posts; a person with
// "password" gets it. All of the file is checked before anything is written.
[[nodiscard]] int import_office(const Settings& settings, const std::string& file,
                                std::ostream& out, std::ostream& complaints);

}  // namespace mingjian::cli
