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
  for (const std::vector<Role>& signature : signatures_of(notes.approval)) {
    const bool given = std::any_of(signature.begin(), signature.end(),
                                   [&](const Role& role) { return held.contains(role); });
    if (!given) missing.insert(signature.begin(), signature.end());
  }
  return missing;
}

Finding too_few(const TransitionNotes& notes, const Text& name, const chart::Chart& chart,
                TransitionIndex index) {
  Text parts = title_of_signers(Signing::kAny, notes.by);
  std::size_t count = notes.by.empty() ? 0 : 1;
  for (const std::vector<Role>& signature : signatures_of(notes.approval)) {
    const Text title = title_of_signers(Signing::kAny, signature);
    parts = {parts.zh + (count > 0 ? "、" : "") + title.zh,
             parts.en + (count > 0 ? ", " : "") + title.en};
    ++count;
  }
  const std::string people = std::to_string(count);
  return {"too_few_people",
          Severity::kWarning,
          {"“" + name.zh + "”须由 " + people + " 名不同的人办理、签批（" + parts.zh +
               "），本机关没有这么多人",
           name.en + " needs " + people + " different people (" + parts.en +
               "), and the office has not as many"},
          chart.transition(index).pointer};
}

}  // namespace

std::vector<Finding> check_office(const Definition& definition, const StateGraph& graph,
                                  const Staff& staff) {
  const chart::Chart& chart = definition.chart();
  std::set<Role> held;
  for (const std::set<Role>& roles : staff) held.insert(roles.begin(), roles.end());
  std::vector<std::set<Role>> missing(chart.transitions().size());
  std::vector<Finding> findings;
  for (TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    if (chart.transition(index).trigger != chart::Trigger::kEvent) continue;
    const TransitionNotes& notes = definition.transition_notes(index);
    missing[index] = missing_for(notes, held);
    const Text name = name_of_transition(definition, index);
    if (missing[index].empty()) {
      if (!enough_people(notes, staff)) findings.push_back(too_few(notes, name, chart, index));
      continue;
    }
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

Staff staff_of(const Office& office) {
  Staff staff;
  for (const Person& person : office.people) {
    if (!person.active) continue;
    std::set<Role>& roles = staff.emplace_back();
    for (const Post& post : person.posts) {
      if (!post.to) roles.insert(post.role);
    }
  }
  return staff;
}

}  // namespace mingjian::lint
