#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/definition/comparison.h"

// Which transitions of two versions are the same one.
namespace mingjian {

// The transitions of one state for one event, in document order: the first whose guard holds is
// taken.
struct Alternatives {
  std::string label;  // the event as written, "onDone", "always", or "after " and the delay
  std::vector<chart::TransitionIndex> indices;
};
using Leaving = std::vector<Alternatives>;

// All transitions that leave a state.
[[nodiscard]] Leaving leaving(const chart::Chart& chart, chart::StateIndex state);
// Empty where there are none.
[[nodiscard]] std::vector<chart::TransitionIndex> with_label(const Leaving& groups,
                                                             const std::string& label);

struct Pairing {
  std::vector<std::pair<chart::TransitionIndex, chart::TransitionIndex>> kept;
  std::vector<chart::TransitionIndex> removed;
  std::vector<chart::TransitionIndex> added;
  bool reordered = false;
};
// Pairs those with equal guards, then the rest in order.
[[nodiscard]] Pairing pair_alternatives(const Reading& from,
                                        const std::vector<chart::TransitionIndex>& before,
                                        const Reading& to,
                                        std::vector<chart::TransitionIndex> after);

}  // namespace mingjian
