#pragma once

#include <vector>

#include "engine/render/diagram.h"
#include "engine/render/routes.h"

namespace mingjian::render {

// The font sizes of a diagram and the room around its text, in points.
inline constexpr double kTitleSize = 13;
inline constexpr double kStepSize = 11;
inline constexpr double kSmallSize = 10;
inline constexpr double kIconWidth = 13;
inline constexpr double kPadding = 8;

[[nodiscard]] double font_size(Line::Style style);
// Whether a sign stands before the text: a clock, a seal.
[[nodiscard]] bool has_icon(Line::Style style);
// The height of a line of text with the room around it.
[[nodiscard]] double line_height(Line::Style style);

// What stands in the block of a state: its head (title, time limit), then a strip for each step.
[[nodiscard]] std::vector<Strip> strips_of(const Subject& subject, const Routes& routes,
                                           chart::StateIndex state, Language language);

// The width that the lines of the strips need, padding included.
[[nodiscard]] int width_of(const std::vector<Strip>& strips);

}  // namespace mingjian::render
