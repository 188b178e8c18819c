#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace mingjian::testing {

// The source files of a tree by their path from the project root, with their text.
using SourceTree = std::map<std::string, std::string>;

// Each include that breaks the order of the rooms or takes a third-party header out of its room,
// as "file includes header: reason". Empty: all is well.
[[nodiscard]] std::vector<std::string> wrong_includes(const SourceTree& tree);

// The files of more than `most` lines.
[[nodiscard]] std::vector<std::string> long_files(const SourceTree& tree, std::size_t most);

}  // namespace mingjian::testing
