#pragma once

#include <string_view>

namespace mingjian {

// Whether nothing was written but white space.
[[nodiscard]] inline bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace mingjian
