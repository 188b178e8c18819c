#include "engine/case/separation.h"

#include <algorithm>

namespace mingjian {
namespace {

bool acted_in(const Situation& situation, chart::StateIndex state, const PersonId& person) {
  const chart::Chart& chart = situation.definition.chart();
  const auto& acted = situation.state.acted;
  return std::any_of(acted.begin(), acted.end(), [&](const auto& entry) {
    const auto source = chart.find(entry.first);
    if (!source || (*source != state && !chart.is_inside(*source, state))) return false;
    return std::find(entry.second.begin(), entry.second.end(), person) != entry.second.end();
  });
}

}  // namespace

std::vector<chart::StateIndex> states_barring(const Situation& situation,
                                              chart::TransitionIndex transition,
                                              const PersonId& person) {
  std::vector<chart::StateIndex> barring;
  for (const auto state : situation.definition.transition_notes(transition).not_same_as) {
    if (acted_in(situation, state, person)) barring.push_back(state);
  }
  return barring;
}

}  // namespace mingjian
