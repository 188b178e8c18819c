#pragma once

#include "engine/case/decide.h"

namespace mingjian {

// A transition that nothing stands in the way of any more.
struct Firing {
  std::string event;
  Json data;
  RequestId request;  // empty where no approval was needed
  PersonId requested_by;
};

// Takes the transitions of an event, and gives what happened.
[[nodiscard]] tl::expected<TransitionFired, std::vector<Obstacle>> fire(const Situation& situation,
                                                                        Firing firing, Instant now);

// A signature on the present step of a request. The last approval takes the transition at once.
[[nodiscard]] Decided decide_request(const Situation& situation, const DecideRequest& command,
                                     const DecisionInput& input);

}  // namespace mingjian
