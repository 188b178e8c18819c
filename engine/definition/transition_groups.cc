#include "engine/definition/transition_groups.h"

#include <algorithm>

namespace mingjian {
namespace {

using chart::TransitionIndex;

OrderedJson guard_of(const Reading& reading, TransitionIndex index) {
  return reading.at(reading.definition.chart().transition(index).pointer)
      .value("guard", OrderedJson());
}

}  // namespace

Leaving leaving(const chart::Chart& chart, chart::StateIndex state) {
  Leaving groups;
  for (TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    if (chart.transition(index).source != state) continue;
    const std::string label = chart.label(index);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Alternatives& each) { return each.label == label; });
    if (group == groups.end()) group = groups.insert(groups.end(), Alternatives{label, {}});
    group->indices.push_back(index);
  }
  return groups;
}

std::vector<TransitionIndex> with_label(const Leaving& groups, const std::string& label) {
  const auto group = std::find_if(groups.begin(), groups.end(),
                                  [&](const Alternatives& each) { return each.label == label; });
  return group == groups.end() ? std::vector<TransitionIndex>() : group->indices;
}

Pairing pair_alternatives(const Reading& from, const std::vector<TransitionIndex>& before,
                          const Reading& to, std::vector<TransitionIndex> after) {
  Pairing pairing;
  std::vector<TransitionIndex> alone;
  for (const TransitionIndex index : before) {
    const OrderedJson guard = guard_of(from, index);
    const auto same = std::find_if(after.begin(), after.end(), [&](TransitionIndex other) {
      return guard_of(to, other) == guard;
    });
    if (same == after.end()) {
      alone.push_back(index);
      continue;
    }
    pairing.kept.emplace_back(index, *same);
    after.erase(same);
  }
  const std::size_t rest = std::min(alone.size(), after.size());
  for (std::size_t i = 0; i < rest; ++i) pairing.kept.emplace_back(alone[i], after[i]);
  pairing.removed.assign(alone.begin() + static_cast<std::ptrdiff_t>(rest), alone.end());
  pairing.added.assign(after.begin() + static_cast<std::ptrdiff_t>(rest), after.end());

  std::sort(pairing.kept.begin(), pairing.kept.end());
  pairing.reordered =
      !std::is_sorted(pairing.kept.begin(), pairing.kept.end(),
                      [](const auto& a, const auto& b) { return a.second < b.second; });
  return pairing;
}

}  // namespace mingjian
