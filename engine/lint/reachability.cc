#include "engine/lint/reachability.h"

#include <algorithm>
#include <string>

#include "engine/lint/names.h"
#include "engine/lint/paths.h"

namespace mingjian::lint {
namespace {

using chart::StateIndex;
using chart::TransitionIndex;

// What happens anywhere in a graph.
struct Seen {
  std::vector<bool> states;
  std::vector<bool> transitions;
};

Seen seen_in(const chart::Chart& chart, const StateGraph& graph) {
  Seen seen{std::vector<bool>(chart.states().size(), false),
            std::vector<bool>(chart.transitions().size(), false)};
  const auto look = [&seen](const Edge& edge) {
    for (const Moment& moment : edge.moments) {
      for (const StateIndex state : moment.entered) seen.states[state] = true;
      for (const TransitionIndex transition : moment.taken) seen.transitions[transition] = true;
    }
  };
  std::for_each(graph.starts.begin(), graph.starts.end(), look);
  std::for_each(graph.edges.begin(), graph.edges.end(), look);
  for (const Endless& endless : graph.endless) {  // taken, though undone as a whole
    for (const TransitionIndex transition : endless.heard_by) seen.transitions[transition] = true;
  }
  return seen;
}

std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

}  // namespace

std::vector<Finding> check_reachability(const Definition& definition, const StateGraph& graph) {
  const chart::Chart& chart = definition.chart();
  const Seen seen = seen_in(chart, graph);
  std::vector<Finding> findings;
  for (StateIndex state = 1; state < chart.states().size(); ++state) {
    const chart::State& entry = chart.state(state);
    if (seen.states[state] || entry.kind == chart::StateKind::kHistory) continue;
    if (!seen.states[entry.parent]) continue;  // said of the parent already
    const Text name = name_of_state(definition, state);
    findings.push_back({"unreachable_state",
                        Severity::kError,
                        {"没有任何路径可以到达“" + name.zh + "”", "no path leads to " + name.en},
                        entry.pointer});
  }
  for (TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    const chart::Transition& transition = chart.transition(index);
    if (seen.transitions[index] || !seen.states[transition.source]) continue;
    const Text name = name_of_transition(definition, index);
    findings.push_back(
        {"never_taken",
         Severity::kWarning,
         {"“" + name.zh + "”永远不会发生：条件不可能成立，或者总有在前的转移先发生",
          name.en + " is never taken: its guard cannot hold, or an earlier one always goes first"},
         transition.pointer});
  }
  return findings;
}

std::vector<Finding> check_ending(const Definition& definition, const StateGraph& graph) {
  const auto reaches = reaches_the_end(graph, [](const Edge&) { return true; });
  const ShortestPaths paths(graph);
  std::vector<Finding> findings;
  std::vector<std::string> said;  // once for a configuration, whatever the data
  for (NodeIndex node = 0; node < graph.nodes.size(); ++node) {
    if (reaches[node]) continue;
    const auto ids = chart::active_leaf_ids(definition.chart(), graph.nodes[node].snapshot);
    const std::string where = joined(ids);
    if (std::find(said.begin(), said.end(), where) != said.end()) continue;
    said.push_back(where);
    const auto path = paths.to(node);
    const auto stands_in = definition.chart().find(ids.front());
    findings.push_back({"no_way_to_the_end",
                        Severity::kError,
                        {"案件到达 " + where + " 以后再也无法办结",
                         "a case that stands in " + where + " can never be closed"},
                        stands_in ? definition.chart().state(*stands_in).pointer : "",
                        {},
                        steps_of(definition, path),
                        any_guessed(path)});
    if (findings.size() >= kMostOfOneCheck) break;
  }
  return findings;
}

std::vector<Finding> check_coming_to_rest(const Definition& definition, const StateGraph& graph) {
  const ShortestPaths paths(graph);
  std::vector<Finding> findings;
  for (const Endless& endless : graph.endless) {
    std::vector<PathStep> steps;
    bool approximate = endless.guessed;
    std::string pointer;
    if (endless.from != kNowhere) {
      const auto path = paths.to(endless.from);
      approximate = approximate || any_guessed(path);
      steps = steps_of(definition, path);
      if (!endless.heard_by.empty()) {
        const auto first = endless.heard_by.front();
        pointer = definition.chart().transition(first).pointer;
        steps.push_back({endless.event, definition.transition_notes(first).title, pointer});
      }
    }
    findings.push_back({"endless_loop",
                        Severity::kError,
                        {"自动转移没有尽头：事件“" + endless.event + "”之后永远不会停下来",
                         "what follows \"" + endless.event + "\" never comes to rest"},
                        pointer,
                        {},
                        std::move(steps),
                        approximate});
    if (findings.size() >= kMostOfOneCheck) break;
  }
  return findings;
}

}  // namespace mingjian::lint
