#pragma once

#include <vector>

#include "engine/lint/finding.h"
#include "engine/lint/state_graph.h"

namespace mingjian::lint {

// The way that leads to every node of a graph with the fewest edges.
class ShortestPaths {
 public:
  explicit ShortestPaths(const StateGraph& graph);

  // From the filing to the node.
  [[nodiscard]] std::vector<const Edge*> to(NodeIndex node) const;

 private:
  std::vector<const Edge*> last_;  // by node, the edge by which the way arrives
};

// A path as people read it: the transition that answered each thing from outside.
[[nodiscard]] std::vector<PathStep> steps_of(const Definition& definition,
                                             const std::vector<const Edge*>& edges);

// Whether some edge of the path was guessed.
[[nodiscard]] bool any_guessed(const std::vector<const Edge*>& edges);

}  // namespace mingjian::lint
