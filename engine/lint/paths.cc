#include "engine/lint/paths.h"

#include <algorithm>

namespace mingjian::lint {

ShortestPaths::ShortestPaths(const StateGraph& graph) : last_(graph.nodes.size(), nullptr) {
  for (const Edge& start : graph.starts) {
    if (last_[start.to] == nullptr) last_[start.to] = &start;
  }
  // The nodes are in order of distance, and so are the edges that leave them.
  for (const Edge& edge : graph.edges) {
    if (last_[edge.to] == nullptr) last_[edge.to] = &edge;
  }
}

std::vector<const Edge*> ShortestPaths::to(NodeIndex node) const {
  std::vector<const Edge*> edges;
  while (node != kNowhere) {
    edges.push_back(last_[node]);
    node = edges.back()->from;
  }
  std::reverse(edges.begin(), edges.end());
  return edges;
}

std::vector<PathStep> steps_of(const Definition& definition,
                               const std::vector<const Edge*>& edges) {
  std::vector<PathStep> steps;
  for (const Edge* edge : edges) {
    if (edge->from == kNowhere) {
      steps.push_back({"", definition.filing().title, "/filing"});
      continue;
    }
    const Moment& first = edge->moments.front();
    if (first.taken.empty()) continue;
    const auto transition = first.taken.front();
    steps.push_back({edge->event, definition.transition_notes(transition).title,
                     definition.chart().transition(transition).pointer});
  }
  return steps;
}

bool any_guessed(const std::vector<const Edge*>& edges) {
  return std::any_of(edges.begin(), edges.end(), [](const Edge* edge) { return edge->guessed; });
}

}  // namespace mingjian::lint
