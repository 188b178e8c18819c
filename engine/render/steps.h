#pragma once

#include <string>
#include <vector>

#include "engine/render/subject.h"

namespace mingjian::render {

// The alternatives of one step: transitions of one state to the same targets with the same title,
// e.g. for subjects of different rank, with different approvals.
struct Step {
  std::vector<chart::TransitionIndex> transitions;  // never empty
};

// The steps of a state in document order.
[[nodiscard]] std::vector<Step> steps_of(const Subject& subject, chart::StateIndex state);

// In which case the transition is taken, in words: of several for one event the first that fits is,
// so that one without a guard is for the cases that are left. Empty where there is no condition.
[[nodiscard]] std::string condition(const Subject& subject, chart::TransitionIndex transition,
                                    Language language);

}  // namespace mingjian::render
