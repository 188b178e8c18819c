#include "engine/lint/office.h"

#include <algorithm>
#include <string>

#include "engine/access/role.h"
#include "engine/lint/names.h"
#include "engine/lint/paths.h"
#include "engine/lint/reachability.h"

namespace mingjian::lint {
namespace {

using chart::TransitionIndex;

Text titles_of(const std::set<Role>& roles) {
  Text text;
  for (const Role& role : roles) {
    text.zh += (text.zh.empty() ? "" : "、") + role::title(role).zh;
    text.en += (text.en.empty() ? "" : ", ") + role::title(role).en;
  }
  return text;
}

// The roles for want of which nobody can take the transition; empty: somebody can.
std::set<Role> missing_for(const TransitionNotes& notes, const std::set<Role>& held) {
  std::set<Role> missing;
  const bool taken =
      notes.by.empty() || std::any_of(notes.by.begin(), notes.by.end(),
                                      [&](const Role& r) { return held.contains(r); });
  if (!taken) missing.insert(notes.by.begin(), notes.by.end());
  for (const ApprovalStep& step : notes.approval) {
    if (!held.contains(step.role)) missing.insert(step.role);
  }
  return missing;
}

}  // namespace

std::vector<Finding> check_office(const Definition& definition, const StateGraph& graph,
                                  const std::set<Role>& held) {
  const chart::Chart& chart = definition.chart();
  std::vector<std::set<Role>> missing(chart.transitions().size());
  std::vector<Finding> findings;
  for (TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    if (chart.transition(index).trigger != chart::Trigger::kEvent) continue;
    missing[index] = missing_for(definition.transition_notes(index), held);
    if (missing[index].empty()) continue;
    const Text name = name_of_transition(definition, index);
    const Text roles = titles_of(missing[index]);
    findings.push_back(
        {"unfilled_role",
         Severity::kWarning,
         {"本机关没有人担任“" + roles.zh + "”，“" + name.zh + "”无人可办",
          "nobody in the office is " + roles.en + ": " + name.en + " cannot be done"},
         chart.transition(index).pointer});
  }
  const auto passable = [&](const Edge& edge) {
    return std::none_of(edge.moments.begin(), edge.moments.end(), [&](const Moment& moment) {
      return moment.by_person &&
             std::any_of(moment.taken.begin(), moment.taken.end(),
                         [&](TransitionIndex t) { return !missing[t].empty(); });
    });
  };
  const auto with_all = reaches_the_end(graph, [](const Edge&) { return true; });
  const auto with_these = reaches_the_end(graph, passable);
  // Only where a case can come with the people there are.
  std::vector<bool> comes(graph.nodes.size(), false);
  for (const Edge& start : graph.starts) comes[start.to] = true;
  const ShortestPaths paths(graph);
  std::vector<NodeIndex> open;
  for (NodeIndex node = 0; node < graph.nodes.size(); ++node) {
    if (comes[node]) open.push_back(node);
  }
  std::set<std::string> said;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Node& node = graph.nodes[open[i]];
    std::set<Role> wanted;
    for (std::uint32_t e = node.first_edge; e < node.end_of_edges; ++e) {
      const Edge& edge = graph.edges[e];
      if (!passable(edge)) {
        for (const TransitionIndex t : edge.moments.front().taken)
          wanted.insert(missing[t].begin(), missing[t].end());
      } else if (!comes[edge.to]) {
        comes[edge.to] = true;
        open.push_back(edge.to);
      }
    }
    if (!with_all[open[i]] || with_these[open[i]] || wanted.empty()) continue;
    const auto where = chart::active_leaf_ids(chart, node.snapshot).front();
    if (!said.insert(where).second || said.size() > kMostOfOneCheck) continue;
    const auto path = paths.to(open[i]);
    const Text roles = titles_of(wanted);
    findings.push_back({"missing_role",
                        Severity::kError,
                        {"本机关没有人担任“" + roles.zh + "”，案件到达 " + where + " 以后无法办结",
                         "nobody in the office is " + roles.en + ": a case that stands in " +
                             where + " cannot be closed"},
                        chart.state(*chart.find(where)).pointer,
                        {},
                        steps_of(definition, path),
                        any_guessed(path)});
  }
  return findings;
}

std::set<Role> roles_held(const Office& office) {
  std::set<Role> held;
  for (const Person& person : office.people) {
    if (!person.active) continue;
    for (const Post& post : person.posts) {
      if (!post.to) held.insert(post.role);
    }
  }
  return held;
}

}  // namespace mingjian::lint
