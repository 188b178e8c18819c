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

}  // namespace mingjian::render
