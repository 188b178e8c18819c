#pragma once

#include "engine/base/result.h"
#include "engine/case/event.h"
#include "engine/case/obstacle.h"
#include "engine/chart/macrostep.h"
#include "engine/definition/definition.h"

namespace mingjian {

// What a macrostep did, as an event carries it: the differences to `data` and `chart_memory`.
// An obstacle where the interpreter found a fault, or the data no longer fits its schema: then
// nothing happened.
[[nodiscard]] tl::expected<StageStep, std::vector<Obstacle>> stage_step(
    const Definition& definition, const Json& data, const Json& chart_memory,
    const chart::Macrostep& macrostep);

}  // namespace mingjian
