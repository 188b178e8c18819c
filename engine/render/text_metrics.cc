#include "engine/render/text_metrics.h"

namespace mingjian::render {
namespace {

// The bytes of the UTF-8 character that begins with `first`.
std::size_t character_bytes(char first) {
  const auto byte = static_cast<unsigned char>(first);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// In thousandths of the font's size.
double character_width(std::string_view character) {
  static constexpr std::string_view kNarrow = " !'(),.:;I[]`fijlrt|";
  static constexpr std::string_view kWide = "MWmw%@";
  // Letters with marks, Greek and Cyrillic have two bytes.
  if (character.size() == 2) return 0.65;
  if (character.size() > 2) return 1.0;
  if (kNarrow.find(character[0]) != std::string_view::npos) return 0.36;
  if (kWide.find(character[0]) != std::string_view::npos) return 0.9;
  const bool capital = character[0] >= 'A' && character[0] <= 'Z';
  return capital ? 0.7 : 0.58;
}

// The next piece that is not broken: a word with the spaces before it, or one wide character.
std::string_view next_piece(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && text[end] == ' ') ++end;
  if (end < text.size() && character_bytes(text[end]) > 2) {
    return text.substr(0, end + character_bytes(text[end]));
  }
  while (end < text.size() && text[end] != ' ' && character_bytes(text[end]) <= 2) ++end;
  return text.substr(0, end);
}

// Punctuation that must not begin a line.
bool hangs(std::string_view piece) {
  static constexpr std::string_view kClosing = "，。；：、）】》！？”";
  return piece.size() == 3 && kClosing.find(piece) != std::string_view::npos;
}

}  // namespace

double text_width(std::string_view text, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size(); at += character_bytes(text[at])) {
    width += character_width(text.substr(at, character_bytes(text[at])));
  }
  return width * size;
}

std::vector<std::string> wrapped(std::string_view text, double size, double width) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    std::string_view piece = next_piece(text);
    text.remove_prefix(piece.size());
    const bool fits = text_width(lines.back() + std::string(piece), size) <= width;
    if (!lines.back().empty() && !fits && !hangs(piece)) {
      piece.remove_prefix(std::min(piece.find_first_not_of(' '), piece.size()));
      lines.emplace_back();
    }
    lines.back() += piece;
  }
  return lines;
}

}  // namespace mingjian::render
