#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/render/diagram.h"
#include "engine/render/span.h"

namespace mingjian::render {

// A transition to one of its targets, as the diagram shows it.
struct Route {
  chart::TransitionIndex transition = 0;
  chart::StateIndex target = 0;
  Span span;
  Wire::Kind kind = Wire::Kind::kForward;
  // Where not, the step names its target instead: a block that very many steps lead to would drown
  // the rest in wires.
  bool drawn = true;
};

// How the transitions of a chart are shown.
class Routes {
 public:
  explicit Routes(const chart::Chart& chart);

  // The routes between children of `holder`, by transition.
  [[nodiscard]] const std::vector<Route>& inside(chart::StateIndex holder) const;

  // The targets of the transition that no wire leads to from the block of its source.
  [[nodiscard]] std::vector<chart::StateIndex> unwired(chart::TransitionIndex transition) const;

 private:
  void mark_main_line(const chart::Chart& chart, chart::StateIndex holder);
  void hide_crowds(std::vector<Route>& routes);

  std::map<chart::StateIndex, std::vector<Route>> by_holder_;
  std::map<chart::TransitionIndex, std::vector<chart::StateIndex>> unwired_;
};

// The child of `holder` that is `state` or holds it. Requires a state inside `holder`.
[[nodiscard]] chart::StateIndex child_towards(const chart::Chart& chart, chart::StateIndex holder,
                                              chart::StateIndex state);

}  // namespace mingjian::render
