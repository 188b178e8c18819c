#include "adapters/sql/stage_names.h"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace mingjian::sql {

std::vector<std::string> stage_names(const std::string& stages) {
  std::vector<std::string> names;
  const auto list = nlohmann::json::parse(stages, nullptr, false);
  if (!list.is_array()) return names;
  for (const auto& stage : list) {
    if (stage.is_string()) names.push_back(stage.get<std::string>());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace mingjian::sql
