#pragma once

#include <string>

#include "engine/base/wording.h"
#include "engine/case/obstacle.h"
#include "engine/case/replay.h"

namespace mingjian::cli {

// What a replay found, a line each, indented; empty where the case is not affected.
[[nodiscard]] std::string describe(const Replay& replay);

// The obstacles, a line each, indented.
[[nodiscard]] std::string describe(const std::vector<Obstacle>& obstacles);

}  // namespace mingjian::cli
