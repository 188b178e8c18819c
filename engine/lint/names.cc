#include "engine/lint/names.h"

namespace mingjian::lint {
namespace {

// What sets a transition off: its event, "always", or its delay.
std::string trigger_of(const chart::Chart& chart, const chart::Transition& transition) {
  switch (transition.trigger) {
    case chart::Trigger::kEvent:
      return transition.event.name.empty() ? "*" : transition.event.name;
    case chart::Trigger::kDone:
      return "onDone";
    case chart::Trigger::kAlways:
      return "always";
    case chart::Trigger::kAfter:
      return "after " + chart.delays()[transition.delay].key;
  }
  return "";
}

}  // namespace

Text name_of_state(const Definition& definition, chart::StateIndex state) {
  const std::string& id = definition.chart().state(state).id;
  const Text& title = definition.notes(state).title;
  if (title.zh.empty()) return {id, id};
  return {title.zh + "（" + id + "）", title.en + " (" + id + ")"};
}

Text name_of_transition(const Definition& definition, chart::TransitionIndex index) {
  const chart::Chart& chart = definition.chart();
  const chart::Transition& transition = chart.transition(index);
  const std::string where =
      chart.state(transition.source).id + " · " + trigger_of(chart, transition);
  const Text& title = definition.transition_notes(index).title;
  if (title.zh.empty()) return {where, where};
  return {title.zh + "（" + where + "）", title.en + " (" + where + ")"};
}

}  // namespace mingjian::lint
