#pragma once

#include <cstddef>
#include <set>
#include <utility>
#include <vector>

namespace mingjian::render {

// 主线: the longest way from `start` to one of `ends` (to anywhere, if no end can be reached) along
// links that lead forward, i.e. to a larger number; of several the one that takes the smaller
// numbers first. Blocks are numbered in document order, in
// which a definition tells the whole procedure from its beginning to its end. The numbers on the
// way, `start` included.
[[nodiscard]] std::vector<std::size_t> main_line(
    std::size_t start, const std::vector<std::pair<std::size_t, std::size_t>>& links,
    const std::set<std::size_t>& ends);

}  // namespace mingjian::render
