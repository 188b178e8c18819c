#pragma once

#include <string>
#include <string_view>
#include <vector>

// How much room text takes, without a font: the same on every machine.
namespace mingjian::render {

// About how wide the text is in a proportional font of this size, in the unit of `size`. Chinese
// characters are as wide as the font is high; the estimate is on the large side. Requires UTF-8.
[[nodiscard]] double text_width(std::string_view text, double size);

// The text in lines of at most that width, broken at spaces and between Chinese characters; a word
// that is wider has a line of its own. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, double size, double width);

}  // namespace mingjian::render
