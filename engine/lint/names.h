#pragma once

#include "engine/definition/definition.h"

// What findings call the parts of a definition.
namespace mingjian::lint {

// A check stops after so many findings; the same cause often shows in many places.
inline constexpr std::size_t kMostOfOneCheck = 10;

// The title, with the id in brackets; the id alone where there is no title.
[[nodiscard]] Text name_of_state(const Definition& definition, chart::StateIndex state);

// The title, with the event and the state that it starts from.
[[nodiscard]] Text name_of_transition(const Definition& definition,
                                      chart::TransitionIndex transition);

}  // namespace mingjian::lint
