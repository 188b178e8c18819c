#pragma once

#include <string>
#include <vector>

namespace mingjian::sql {

// The names in CaseHead::stages, each once; none where it is not a list of names.
[[nodiscard]] std::vector<std::string> stage_names(const std::string& stages);

}  // namespace mingjian::sql
