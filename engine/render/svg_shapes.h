#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/render/diagram.h"

// The small parts that a diagram is drawn with. Their looks are classes of svg_style().
namespace mingjian::render {

// In tenths of a point, as short as can be: "12", "12.5".
[[nodiscard]] std::string number(double value);

[[nodiscard]] std::string rectangle(std::string_view style, Point at, double width, double height,
                                    double radius = 0);

// The text with its baseline at `at`.
[[nodiscard]] std::string text_at(std::string_view style, Point at, double size,
                                  std::string_view text);

// One of the signs of svg_definitions(): "seal", "clock".
[[nodiscard]] std::string sign(std::string_view name, Point at);

// A curve with an arrow at its end. `look`: "main", "forward", "back" or "taken".
[[nodiscard]] std::string arrow(std::string_view look, const std::vector<Point>& curve);

}  // namespace mingjian::render
