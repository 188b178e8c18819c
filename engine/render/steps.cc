#include "engine/render/steps.h"

#include <algorithm>

namespace mingjian::render {

std::vector<Step> steps_of(const Subject& subject, chart::StateIndex state) {
  const chart::Chart& chart = subject.chart();
  const auto alike = [&](chart::TransitionIndex left, chart::TransitionIndex right) {
    return chart.transition(left).targets == chart.transition(right).targets &&
           subject.transition_title(left, Language::kChinese) ==
               subject.transition_title(right, Language::kChinese);
  };
  std::vector<Step> steps;
  for (const auto index : outgoing(chart, state)) {
    const auto known = std::find_if(steps.begin(), steps.end(), [&](const Step& step) {
      return alike(step.transitions.front(), index);
    });
    if (known == steps.end()) {
      steps.push_back({{index}});
    } else {
      known->transitions.push_back(index);
    }
  }
  return steps;
}

std::string condition(const Subject& subject, chart::TransitionIndex transition,
                      Language language) {
  const Text& title = subject.transition_notes(transition).guard_title;
  if (!title.zh.empty()) return in_language(title, language);
  const chart::Chart& chart = subject.chart();
  const chart::Transition& last = chart.transition(transition);
  if (last.guard) return {};
  for (const auto before : outgoing(chart, last.source)) {
    if (before == transition) break;
    const chart::Transition& entry = chart.transition(before);
    if (entry.guard && entry.trigger == last.trigger &&
        trigger(chart, before) == trigger(chart, transition))
      return in_language({"其他情形", "in any other case"}, language);
  }
  return {};
}

}  // namespace mingjian::render
