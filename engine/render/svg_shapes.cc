#include "engine/render/svg_shapes.h"

#include <cmath>

#include "engine/render/xml.h"

namespace mingjian::render {

std::string number(double value) {
  const long long tenths = std::llround(value * 10);
  const std::string whole = (tenths < 0 ? "-" : "") + std::to_string(std::llabs(tenths) / 10);
  const auto rest = std::llabs(tenths) % 10;
  return rest == 0 ? whole : whole + "." + std::to_string(rest);
}

std::string rectangle(std::string_view style, Point at, double width, double height,
                      double radius) {
  return xml_element("rect", {{"class", std::string(style)},
                              {"x", number(at.x)},
                              {"y", number(at.y)},
                              {"width", number(width)},
                              {"height", number(height)},
                              {"rx", radius == 0 ? "" : number(radius)}});
}

std::string text_at(std::string_view style, Point at, double size, std::string_view text) {
  return xml_element("text",
                     {{"class", std::string(style)},
                      {"x", number(at.x)},
                      {"y", number(at.y)},
                      {"font-size", number(size)}},
                     xml_escaped(text));
}

std::string sign(std::string_view name, Point at) {
  // xlink:href, since SVG 1.1 readers know no other.
  return xml_element(
      "use", {{"xlink:href", "#" + std::string(name)}, {"x", number(at.x)}, {"y", number(at.y)}});
}

std::string arrow(std::string_view look, const std::vector<Point>& curve) {
  if (curve.empty()) return {};
  std::string way = "M" + number(curve[0].x) + " " + number(curve[0].y);
  for (std::size_t at = 1; at < curve.size(); ++at) {
    way += (at % 3 == 1 ? "C" : " ") + number(curve[at].x) + " " + number(curve[at].y);
  }
  return xml_element("path", {{"class", "wire " + std::string(look)},
                              {"d", way},
                              {"marker-end", "url(#arrow-" + std::string(look) + ")"}});
}

}  // namespace mingjian::render
