#pragma once

#include <ostream>
#include <string>

namespace mingjian::cli {

// mingjian simulate: runs a statechart by a script, in virtual time, and prints one JSON object a
// line: the start, then each step. kUnusable, with the reason as JSON on `err` and nothing on
// `out`, where the definition or the script is refused.
[[nodiscard]] int simulate(const std::string& definition_file, const std::string& script_file,
                           std::ostream& out, std::ostream& err);

}  // namespace mingjian::cli
