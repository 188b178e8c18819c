#pragma once

#include <string_view>

namespace mingjian::render {

// The stylesheet of a diagram, and what it draws with: signs and arrow heads.
[[nodiscard]] std::string_view svg_style();
[[nodiscard]] std::string_view svg_definitions();

}  // namespace mingjian::render
