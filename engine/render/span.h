#pragma once

#include "engine/chart/chart.h"

namespace mingjian::render {

// The two ends of a transition as they are seen from the innermost state that holds both inside it:
// the children of that state that are or contain the source and the target. They are the same where
// one end is, or contains, the other.
struct Span {
  chart::StateIndex holder = 0;  // kNoState where an end is the root, which nothing holds
  chart::StateIndex from = 0;
  chart::StateIndex to = 0;

  bool operator==(const Span&) const = default;
};

[[nodiscard]] Span span(const chart::Chart& chart, chart::StateIndex source,
                        chart::StateIndex target);

}  // namespace mingjian::render
