#include "engine/chart/chart.h"

namespace mingjian::chart {

std::optional<StateIndex> Chart::find(std::string_view id) const {
  const auto found = parts_.by_id.find(std::string(id));
  if (found == parts_.by_id.end()) return std::nullopt;
  return found->second;
}

}  // namespace mingjian::chart
