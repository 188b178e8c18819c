#include "engine/render/routes.h"

#include <algorithm>
#include <set>

#include "engine/render/main_line.h"

namespace mingjian::render {
namespace {

using chart::StateIndex;

// Blocks with wires from more blocks than this are named instead.
constexpr std::size_t kMostSources = 5;

}  // namespace

StateIndex child_towards(const chart::Chart& chart, StateIndex holder, StateIndex state) {
  while (chart.state(state).parent != holder) state = chart.state(state).parent;
  return state;
}

Routes::Routes(const chart::Chart& chart) {
  for (chart::TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    const chart::Transition& entry = chart.transition(index);
    for (const StateIndex target : entry.targets) {
      const Span ends = span(chart, entry.source, target);
      Route route{index, target, ends};
      if (ends.to < ends.from) route.kind = Wire::Kind::kBack;
      // Not from a block to itself, and not between regions, which stand side by side.
      route.drawn =
          ends.from != ends.to && chart.state(ends.holder).kind == chart::StateKind::kCompound;
      by_holder_[ends.holder].push_back(route);
    }
  }
  for (auto& [holder, routes] : by_holder_) {
    if (holder != chart::kNoState) mark_main_line(chart, holder);
    hide_crowds(routes);
    for (const Route& route : routes) {
      const bool own = route.span.from == chart.transition(route.transition).source;
      const bool wired = route.drawn && own && route.span.to == route.target;
      if (!wired) unwired_[route.transition].push_back(route.target);
    }
  }
}

const std::vector<Route>& Routes::inside(StateIndex holder) const {
  static const std::vector<Route> kNone;
  const auto found = by_holder_.find(holder);
  return found == by_holder_.end() ? kNone : found->second;
}

std::vector<StateIndex> Routes::unwired(chart::TransitionIndex transition) const {
  const auto found = unwired_.find(transition);
  return found == unwired_.end() ? std::vector<StateIndex>() : found->second;
}

void Routes::mark_main_line(const chart::Chart& chart, StateIndex holder) {
  const chart::State& entry = chart.state(holder);
  if (entry.kind != chart::StateKind::kCompound) return;
  auto& routes = by_holder_[holder];
  std::vector<std::pair<std::size_t, std::size_t>> links;
  for (const Route& route : routes) links.emplace_back(route.span.from, route.span.to);
  std::set<std::size_t> ends;
  for (const StateIndex child : children(chart, holder)) {
    if (chart.state(child).kind == chart::StateKind::kFinal) ends.insert(child);
  }
  const auto line = main_line(child_towards(chart, holder, entry.targets.front()), links, ends);
  for (Route& route : routes) {
    const auto at = std::adjacent_find(line.begin(), line.end(), [&](auto from, auto to) {
      return from == route.span.from && to == route.span.to;
    });
    if (at != line.end()) route.kind = Wire::Kind::kMain;
  }
}

void Routes::hide_crowds(std::vector<Route>& routes) {
  std::map<StateIndex, std::set<StateIndex>> sources;
  for (const Route& route : routes) sources[route.span.to].insert(route.span.from);
  for (Route& route : routes) {
    if (sources[route.span.to].size() > kMostSources && route.kind != Wire::Kind::kMain)
      route.drawn = false;
  }
}

}  // namespace mingjian::render
