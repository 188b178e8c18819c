#include "engine/render/span.h"

namespace mingjian::render {
namespace {

bool is_or_holds(const chart::Chart& chart, chart::StateIndex outer, chart::StateIndex inner) {
  return outer == inner || chart.is_inside(inner, outer);
}

// The outermost state that is or holds `start` and lies beside `other`; `start` itself where it
// holds the other.
chart::StateIndex side(const chart::Chart& chart, chart::StateIndex start,
                       chart::StateIndex other) {
  while (!is_or_holds(chart, start, other) &&
         !is_or_holds(chart, chart.state(start).parent, other)) {
    start = chart.state(start).parent;
  }
  return start;
}

}  // namespace

Span span(const chart::Chart& chart, chart::StateIndex source, chart::StateIndex target) {
  chart::StateIndex from = side(chart, source, target);
  chart::StateIndex to = side(chart, target, source);
  if (is_or_holds(chart, from, target)) to = from;
  if (is_or_holds(chart, to, source)) from = to;
  return {chart.state(from).parent, from, to};
}

}  // namespace mingjian::render
