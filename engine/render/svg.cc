#include "engine/render/svg.h"

#include <algorithm>
#include <array>

#include "engine/render/strips.h"
#include "engine/render/svg_legend.h"
#include "engine/render/svg_shapes.h"
#include "engine/render/svg_style.h"
#include "engine/render/xml.h"

namespace mingjian::render {
namespace {

constexpr double kEdge = 10;  // around the whole picture

bool any_taken(const std::vector<chart::TransitionIndex>& transitions, const Marks& marks) {
  return std::any_of(transitions.begin(), transitions.end(),
                     [&](auto index) { return marks.taken.contains(index); });
}

std::string look_of(Wire::Kind kind) {
  static constexpr std::array kLooks = {"main", "forward", "back"};
  return kLooks[static_cast<std::size_t>(kind)];
}

std::string style_of(Line::Style style) {
  static constexpr std::array kStyles = {"title", "limit", "step", "signers"};
  return kStyles[static_cast<std::size_t>(style)];
}

std::string classes_of(const Block& block, const Marks& marks) {
  static constexpr std::array kShapes = {"box", "region", "parallel", "final", "history", "start"};
  std::string names = kShapes[static_cast<std::size_t>(block.shape)];
  if (block.state == 0) return names + " root";
  if (!block.inside.empty()) names += " holder";
  if (marks.current.contains(block.state)) return names + " current";
  if (marks.visited.contains(block.state)) names += " visited";
  return names;
}

std::string lines_of(const Strip& strip, double top) {
  std::string text;
  double baseline = top + kPadding / 2;
  for (const Line& line : strip.lines) {
    const double height = line_height(line.style);
    const Point at{kPadding, baseline + height * 0.78};
    baseline += height;
    double indent = 0;
    if (has_icon(line.style)) {
      indent = kIconWidth;
      if (!line.continued) text += sign(line.style == Line::Style::kSigners ? "seal" : "clock", at);
    }
    text += text_at(style_of(line.style), {at.x + indent, at.y}, font_size(line.style), line.text);
  }
  return text;
}

std::string strips_of(const Block& block, const Marks& marks) {
  std::string text;
  double top = 0;
  for (const Strip& strip : block.strips) {
    const bool is_head = strip.transitions.empty();
    const bool taken = any_taken(strip.transitions, marks);
    std::string parts = xml_element("title", {}, xml_escaped(strip.tip));
    // Also where nothing is to be seen: the tip shows where the pointer meets something.
    const std::string look = is_head ? "head" : taken ? "step-taken" : "step-free";
    const bool is_final = block.shape == Block::Shape::kFinal;
    const double inset = is_final ? 3 : 0.5;
    parts +=
        rectangle(look, {inset, top + inset}, block.width - 2 * inset, strip.height - 2 * inset,
                  is_final  ? 11
                  : is_head ? 4
                            : 0);
    text +=
        xml_element("g", {{"class", is_head ? "about" : "strip"}}, parts + lines_of(strip, top));
    top += strip.height;
  }
  return text;
}

std::string history(const Block& block) {
  const std::string circle =
      xml_element("circle", {{"class", "frame"}, {"cx", "12"}, {"cy", "12"}, {"r", "11.5"}});
  return xml_element("title", {}, xml_escaped(block.strips.front().tip)) + circle +
         text_at("", {8, 16}, kStepSize, "H");
}

std::string wires_of(const Block& block, const Marks& marks) {
  std::string text;
  // The main line last, over the others.
  for (const auto kind : {Wire::Kind::kBack, Wire::Kind::kForward, Wire::Kind::kMain}) {
    for (const Wire& wire : block.wires) {
      if (wire.kind != kind) continue;
      text += arrow(any_taken(wire.transitions, marks) ? "taken" : look_of(kind), wire.curve);
    }
  }
  return text;
}

std::string draw(const Block& block, const Marks& marks) {
  std::string parts;
  if (block.shape == Block::Shape::kStart) {
    parts = xml_element("circle", {{"class", "dot"}, {"cx", "6"}, {"cy", "6"}, {"r", "5.5"}});
  } else if (block.shape == Block::Shape::kHistory) {
    parts = history(block);
  } else {
    const double radius = block.shape == Block::Shape::kFinal ? 14 : 5;
    parts = rectangle("frame", {0, 0}, block.width, block.height, radius);
    parts += strips_of(block, marks);
  }
  for (const Block& inner : block.inside) parts += draw(inner, marks);
  parts += wires_of(block, marks);
  return xml_element(
             "g",
             {{"class", classes_of(block, marks)},
              {"data-state", block.id},
              {"transform", "translate(" + number(block.at.x) + " " + number(block.at.y) + ")"}},
             parts) +
         "\n";
}

}  // namespace

std::string svg(const Diagram& diagram, const Marks& marks) {
  const double width = std::max(diagram.root.width, 480) + 2 * kEdge;
  const auto kind = marks.empty() ? LegendKind::kChart : LegendKind::kCase;
  const Legend signs = legend(diagram.language, kind, width - 4 * kEdge);
  const double height = diagram.root.height + signs.height + 2 * kEdge;
  const auto shifted = [](double x, double y, const std::string& content) {
    return xml_element("g", {{"transform", "translate(" + number(x) + " " + number(y) + ")"}},
                       content);
  };
  const std::string content =
      xml_element("title", {{"id", "title"}}, xml_escaped(diagram.title)) +
      xml_element("desc", {{"id", "description"}}, xml_escaped(diagram.description)) +
      xml_element("style", {}, svg_style()) + xml_element("defs", {}, svg_definitions()) +
      rectangle("paper", {0, 0}, width, height) + shifted(kEdge, kEdge, draw(diagram.root, marks)) +
      shifted(2 * kEdge, diagram.root.height + kEdge, signs.markup);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         xml_element("svg",
                     {{"xmlns", "http://www.w3.org/2000/svg"},
                      {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                      {"version", "1.1"},
                      {"width", number(width)},
                      {"height", number(height)},
                      {"viewBox", "0 0 " + number(width) + " " + number(height)},
                      {"role", "img"},
                      {"aria-labelledby", "title description"},
                      {"xml:lang", std::string(language_tag(diagram.language))}},
                     content) +
         "\n";
}

}  // namespace mingjian::render
