#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/chart/snapshot.h"
#include "engine/definition/definition.h"

namespace mingjian::lint {

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNowhere = UINT32_MAX;

// A microstep, as the checks see it.
struct Moment {
  std::vector<chart::TransitionIndex> taken;
  std::vector<chart::StateIndex> entered;
  bool by_person = false;  // whether the transitions answer to what a person sent
};

// What can follow on one thing from outside: an event that a person sends, or a timer.
struct Edge {
  NodeIndex from = 0;
  NodeIndex to = 0;
  std::string event;
  std::vector<Moment> moments;
  bool guessed = false;  // some guard on the way was neither known to hold nor not to
};

// Where a case can stand between two macrosteps.
struct Node {
  chart::Snapshot snapshot;  // of the data, what guards read and is known
  std::uint32_t first_edge = 0;
  std::uint32_t end_of_edges = 0;  // its edges are first_edge .. end_of_edges - 1
};

// A macrostep that does not come to rest.
struct Endless {
  NodeIndex from = 0;  // kNowhere: already the start
  std::string event;
  std::vector<chart::TransitionIndex> heard_by;  // the transitions that listen to the event there
  bool guessed = false;
};

// Everywhere that a case of a definition can come to, found by running the interpreter itself on
// everything that could happen. Guards are told by what is known of the data: the values that the
// definition begins with and sets, and what forms leave no choice about; the rest is guessed both
// ways, and any timer may run out at any time. So no real case can go where the graph does not,
// while the graph may go where no real case does (see Edge::guessed).
struct StateGraph {
  std::vector<Node> nodes;  // in order of distance from the filing
  std::vector<Edge> edges;
  std::vector<Edge> starts;  // from the filing; `from` is kNowhere
  std::vector<Endless> endless;
  bool complete = true;  // false: there was too much, and some of it is missing
};

// `conditions`: further expressions that the checks will ask of the nodes.
[[nodiscard]] StateGraph explore(const Definition& definition,
                                 const std::vector<guard::Expression>& conditions,
                                 std::size_t most_nodes = 200'000);

// What holds of a condition at a node.
[[nodiscard]] guard::Truth truth_at(const guard::Expression& condition, const Node& node);

}  // namespace mingjian::lint
