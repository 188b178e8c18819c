#pragma once

#include <set>
#include <string>

#include "engine/render/diagram.h"

namespace mingjian::render {

// Where a case is and has been.
struct Marks {
  std::set<chart::StateIndex> current;  // active now, holders too
  std::set<chart::StateIndex> visited;  // entered at any time
  std::set<chart::TransitionIndex> taken;

  [[nodiscard]] bool empty() const { return current.empty() && visited.empty() && taken.empty(); }
};

// The diagram as one SVG 1.1 document that needs nothing beside it and runs nothing: a title and a
// description for those who listen, a tip on every step, a legend. Each block is a group with
// data-state (the id) and the classes "current" and "visited".
[[nodiscard]] std::string svg(const Diagram& diagram, const Marks& marks = {});

}  // namespace mingjian::render
