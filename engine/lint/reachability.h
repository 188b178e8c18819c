#pragma once

#include <vector>

#include "engine/lint/finding.h"
#include "engine/lint/state_graph.h"

namespace mingjian::lint {

// unreachable_state: no case ever comes there. never_taken: its guard can never hold where it is
// asked, or an earlier transition always goes first.
[[nodiscard]] std::vector<Finding> check_reachability(const Definition& definition,
                                                      const StateGraph& graph);

// no_way_to_the_end: a case can come to where it can never be closed.
[[nodiscard]] std::vector<Finding> check_ending(const Definition& definition,
                                                const StateGraph& graph);

// endless_loop: eventless transitions and internal events that follow each other without end.
[[nodiscard]] std::vector<Finding> check_coming_to_rest(const Definition& definition,
                                                        const StateGraph& graph);

// The nodes from which a node where the case is done can be reached by edges that `passable` lets
// through, as one flag a node.
template <class Passable>
[[nodiscard]] std::vector<bool> reaches_the_end(const StateGraph& graph, Passable passable) {
  std::vector<std::vector<NodeIndex>> before(graph.nodes.size());
  for (const Edge& edge : graph.edges) {
    if (passable(edge)) before[edge.to].push_back(edge.from);
  }
  std::vector<bool> reaches(graph.nodes.size(), false);
  std::vector<NodeIndex> open;
  for (NodeIndex node = 0; node < graph.nodes.size(); ++node) {
    if (!graph.nodes[node].snapshot.done) continue;
    reaches[node] = true;
    open.push_back(node);
  }
  while (!open.empty()) {
    const NodeIndex node = open.back();
    open.pop_back();
    for (const NodeIndex earlier : before[node]) {
      if (reaches[earlier]) continue;
      reaches[earlier] = true;
      open.push_back(earlier);
    }
  }
  return reaches;
}

}  // namespace mingjian::lint
