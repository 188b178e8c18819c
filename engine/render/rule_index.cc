#include "engine/render/rule_index.h"

#include <algorithm>

namespace mingjian::render {

std::map<RuleId, std::vector<std::string>> rule_index(const Subject& subject, Language language) {
  std::map<RuleId, std::vector<std::string>> index;
  const auto add = [&](const RuleId& rule, const std::string& place) {
    if (rule.empty()) return;
    auto& places = index[rule];
    if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(place);
  };
  const chart::Chart& chart = subject.chart();
  for (chart::StateIndex state = 0; state < chart.states().size(); ++state) {
    const StateNotes& notes = subject.notes(state);
    const std::string title = subject.state_title(state, language);
    for (const RuleId& rule : notes.rules) add(rule, title);
    if (notes.time_limit) add(notes.time_limit->rule, title);
    for (const auto transition : outgoing(chart, state)) {
      const TransitionNotes& step = subject.transition_notes(transition);
      const std::string place = title + " / " + subject.transition_title(transition, language);
      for (const RuleId& rule : step.rules) add(rule, place);
      for (const ApprovalStep& signature : step.approval) {
        for (const RuleId& rule : signature.rules) add(rule, place);
      }
    }
  }
  return index;
}

}  // namespace mingjian::render
