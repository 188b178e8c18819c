#pragma once

#include <string>
#include <vector>

#include "engine/base/instant.h"
#include "engine/case/obstacle.h"
#include "engine/case/situation.h"

namespace mingjian {

// Something that could be done with the case now, and what stands in the way (none: it is allowed).
struct Option {
  std::string event;
  chart::TransitionIndex transition = 0;  // the one that would be taken, or would be tried first
  std::vector<std::string> enters;        // ids of the states that it leads into
  std::vector<Obstacle> obstacles;
};

// All events that the stages where the case stands know, in document order. What only the form's
// data can settle is not an obstacle here; all else is the answer that decide() gives.
[[nodiscard]] std::vector<Option> options(const Situation& situation, Instant now);

// The transitions that the event would take, or the obstacles. `data` is what the form asks;
// nullptr: not filled in yet. The one place where a transition is judged.
struct Judgement {
  std::vector<chart::TransitionIndex> transitions;  // what would be taken, or tried
  std::vector<Obstacle> obstacles;
};
[[nodiscard]] Judgement judge(const Situation& situation, const std::string& event,
                              const Json* data, Instant now);

// Obstacles of what is known when a request was approved: materials and guards may have changed
// since it was made. `requested`: JSON pointers of the transitions that were asked for.
[[nodiscard]] Judgement judge_approved(const Situation& situation, const Request& request,
                                       Instant now);

}  // namespace mingjian
