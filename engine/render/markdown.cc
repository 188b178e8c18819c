#include "engine/render/markdown.h"

#include <algorithm>

#include "engine/render/words.h"

namespace mingjian::render {

std::string markdown_escaped(std::string_view text) {
  static constexpr std::string_view kSpecial = "\\`*_[]<>|~&#";
  std::string escaped;
  for (const char c : text) {
    if (kSpecial.find(c) != std::string_view::npos) escaped += '\\';
    escaped += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return escaped;
}

std::string markdown_table(const std::vector<std::string>& head,
                           const std::vector<std::vector<std::string>>& rows) {
  const auto line = [](const std::vector<std::string>& cells) {
    return "| " + joined(cells, " | ") + " |\n";
  };
  std::string text = line(head) + line(std::vector<std::string>(head.size(), "---"));
  for (const auto& row : rows) text += line(row);
  return text + "\n";
}

std::string markdown_heading(std::size_t level, const std::string& text) {
  return std::string(std::min<std::size_t>(level, 6), '#') + " " + text + "\n\n";
}

}  // namespace mingjian::render
