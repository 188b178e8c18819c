#pragma once

#include "engine/ports/graph_layout.h"

namespace mingjian {

// Lays graphs out with the dot engine of Graphviz (libgvc). That library keeps state of the whole
// process, so all objects of this class share one lock. No text and no font reaches it: boxes have
// their sizes.
class DotLayout : public GraphLayout {
 public:
  Result<GraphPlaces> lay_out(const LayoutGraph& graph) override;
};

}  // namespace mingjian
