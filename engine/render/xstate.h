#pragma once

#include "engine/base/json.h"
#include "engine/render/subject.h"

namespace mingjian::render {

// The chart as a machine config of XState v5. Guards are named ("guard:/states/a/on/b") and actions
// have a name and `params`, for an implementation to give: the JsonLogic of a guard stands in the
// transition's `meta`. Targets are ids. Keys of our own stand in `meta` too.
[[nodiscard]] OrderedJson xstate(const Subject& subject);

}  // namespace mingjian::render
