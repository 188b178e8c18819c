#pragma once

#include <vector>

#include "engine/definition/definition.h"
#include "engine/lint/guesses.h"

namespace mingjian::lint {

// What a person can have sent with an event that these transitions listen to: a field is known
// where their forms leave no choice, a yes or no is guessed, all else is unknown.
[[nodiscard]] Json sent_data(const Definition& definition,
                             const std::vector<chart::TransitionIndex>& heard_by, Guesses& guesses);

}  // namespace mingjian::lint
