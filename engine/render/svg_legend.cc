#include "engine/render/svg_legend.h"

#include <functional>
#include <vector>

#include "engine/render/strips.h"
#include "engine/render/svg_shapes.h"
#include "engine/render/text_metrics.h"
#include "engine/render/xml.h"

namespace mingjian::render {
namespace {

constexpr double kRow = 22;
constexpr double kSample = 34;  // the width of a sample

struct Entry {
  std::string sample;  // beside a baseline at (0, 0)
  Text meaning;
};

std::string line(std::string_view look) {
  return arrow(look, {{0, -4}, {8, -4}, {18, -4}, {28, -4}});
}

std::string box(const std::string& style) {
  const std::string parts =
      rectangle("frame", {0, -11}, 28, 14, 4) + rectangle("head", {0, -11}, 28, 14, 4);
  return xml_element("g", {{"class", style}}, parts);
}

std::vector<Entry> entries(LegendKind kind) {
  std::vector<Entry> all = {
      {line("main"), {"主线", "main line"}},
      {line("forward"), {"其他去向", "other ways"}},
      {line("back"), {"退回", "back"}},
      {text_at("", {0, 0}, kStepSize, "▸"),
       {"转入所指状态（不画线）", "leads to that state (not drawn)"}},
      {text_at("", {0, 0}, kStepSize, "↺"), {"留在本状态", "stays in the state"}},
      {sign("seal", {2, 0}),
       {"审批：依次签批；多行分属不同情形",
        "approval, signed in this order; a line for each situation"}},
      {sign("clock", {2, 0}), {"时限", "time limit"}},
      {xml_element("g", {{"class", "parallel"}}, rectangle("frame", {0, -11}, 28, 14, 4)),
       {"并行", "in parallel"}},
      {xml_element("g", {{"class", "final"}},
                   rectangle("frame", {0, -11}, 28, 14, 7) + rectangle("head", {2, -9}, 24, 10, 5)),
       {"终点", "final"}}};
  if (kind == LegendKind::kCase) {
    all.push_back({box("current"), {"现在", "now"}});
    all.push_back({box("visited"), {"已经过", "has been"}});
    all.push_back({line("taken"), {"已走过", "way taken"}});
  }
  return all;
}

}  // namespace

Legend legend(Language language, LegendKind kind, double width) {
  Legend made;
  double x = 0;
  double y = kRow;
  for (const Entry& entry : entries(kind)) {
    const std::string& meaning = in_language(entry.meaning, language);
    const double needed = kSample + text_width(meaning, kStepSize) + 24;
    if (x > 0 && x + needed > width) {
      x = 0;
      y += kRow;
    }
    made.markup +=
        xml_element("g", {{"transform", "translate(" + number(x) + " " + number(y) + ")"}},
                    entry.sample + text_at("", {kSample, 0}, kStepSize, meaning));
    x += needed;
  }
  made.height = y + kRow / 2;
  return made;
}

}  // namespace mingjian::render
