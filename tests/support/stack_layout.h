#pragma once

#include <algorithm>

#include "engine/ports/graph_layout.h"

namespace mingjian::testing {

// Puts the nodes below each other, with straight links between their corners. Thread-safe.
class StackLayout : public GraphLayout {
 public:
  Result<GraphPlaces> lay_out(const LayoutGraph& graph) override {
    GraphPlaces places;
    for (const auto& node : graph.nodes) {
      places.nodes.push_back({0, places.height});
      places.height += node.height + 10;
      places.width = std::max(places.width, static_cast<double>(node.width));
    }
    for (const auto& link : graph.links) {
      const Point from = places.nodes[link.from];
      const Point to = places.nodes[link.to];
      places.links.push_back({from, from, to, to});
    }
    return places;
  }
};

// Can lay out nothing.
class NoLayout : public GraphLayout {
 public:
  Result<GraphPlaces> lay_out(const LayoutGraph&) override {
    return fail(ErrorKind::kInvalidInput, {"不行", "no"});
  }
};

}  // namespace mingjian::testing
