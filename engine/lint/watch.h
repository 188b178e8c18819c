#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "engine/lint/state_graph.h"

namespace mingjian::lint {

// Where a path goes against a property.
struct Breach {
  std::vector<const Edge*> path;
  std::optional<chart::TransitionIndex> act;  // that should not have been taken
};

// Walks a graph with one bit of memory, nearest nodes first, and gives the shortest path that goes
// against what is watched. `watch(bit, edge)` updates the bit along an edge; it gives a breach
// where the edge goes against the property, with the transition that does if it is one.
struct Watched {
  bool bit = false;
  bool breach = false;
  std::optional<chart::TransitionIndex> act = {};
};

template <class Watch>
[[nodiscard]] std::optional<Breach> find_breach(const StateGraph& graph, const Watch& watch) {
  struct Arrival {
    std::size_t before;  // place in `arrivals`; SIZE_MAX: the filing
    const Edge* edge;
    bool bit;
  };
  std::vector<Arrival> arrivals;
  std::vector<bool> seen(graph.nodes.size() * 2, false);
  const auto go = [&](std::size_t before, bool bit, const Edge& edge) -> std::optional<Breach> {
    const Watched watched = watch(bit, edge);
    if (watched.breach) {
      Breach breach{{&edge}, watched.act};
      for (std::size_t at = before; at != SIZE_MAX; at = arrivals[at].before)
        breach.path.push_back(arrivals[at].edge);
      std::reverse(breach.path.begin(), breach.path.end());
      return breach;
    }
    const std::size_t place = std::size_t{edge.to} * 2 + (watched.bit ? 1 : 0);
    if (!seen[place]) {
      seen[place] = true;
      arrivals.push_back({before, &edge, watched.bit});
    }
    return std::nullopt;
  };
  for (const Edge& start : graph.starts) {
    if (auto breach = go(SIZE_MAX, false, start)) return breach;
  }
  for (std::size_t at = 0; at < arrivals.size(); ++at) {
    const Node& node = graph.nodes[arrivals[at].edge->to];
    for (std::uint32_t edge = node.first_edge; edge < node.end_of_edges; ++edge) {
      if (auto breach = go(at, arrivals[at].bit, graph.edges[edge])) return breach;
    }
  }
  return std::nullopt;
}

}  // namespace mingjian::lint
