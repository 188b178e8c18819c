#include "engine/lint/names.h"

namespace mingjian::lint {
Text name_of_state(const Definition& definition, chart::StateIndex state) {
  const std::string& id = definition.chart().state(state).id;
  const Text& title = definition.notes(state).title;
  if (title.zh.empty()) return {id, id};
  return {title.zh + "（" + id + "）", title.en + " (" + id + ")"};
}

Text name_of_transition(const Definition& definition, chart::TransitionIndex index) {
  const chart::Chart& chart = definition.chart();
  const chart::Transition& transition = chart.transition(index);
  const std::string where = chart.state(transition.source).id + " · " + chart.label(index);
  const Text& title = definition.transition_notes(index).title;
  if (title.zh.empty()) return {where, where};
  return {title.zh + "（" + where + "）", title.en + " (" + where + ")"};
}

}  // namespace mingjian::lint
