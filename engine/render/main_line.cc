#include "engine/render/main_line.h"

#include <algorithm>
#include <optional>

namespace mingjian::render {

std::vector<std::size_t> main_line(std::size_t start,
                                   const std::vector<std::pair<std::size_t, std::size_t>>& links,
                                   const std::set<std::size_t>& ends) {
  std::size_t count = start + 1;
  for (const auto& [from, to] : links) count = std::max({count, from + 1, to + 1});
  std::vector<std::set<std::size_t>> forward(count);
  for (const auto& [from, to] : links) {
    if (from < to) forward[from].insert(to);
  }
  // How many blocks follow on the best way from each, and which is the next.
  std::vector<std::optional<std::size_t>> length(count);
  std::vector<std::size_t> next(count, count);
  for (std::size_t at = count; at-- > 0;) {
    if (ends.empty() || ends.contains(at)) length[at] = 0;
    for (const std::size_t to : forward[at]) {
      if (!length[to] || (length[at] && *length[to] + 1 <= *length[at])) continue;
      length[at] = *length[to] + 1;
      next[at] = to;
    }
  }
  if (!length[start]) return main_line(start, links, {});
  std::vector<std::size_t> line;
  for (std::size_t at = start; at < count; at = next[at]) line.push_back(at);
  return line;
}

}  // namespace mingjian::render
