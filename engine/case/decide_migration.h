#pragma once

#include "engine/case/decide.h"

namespace mingjian {

// Moves a case to a newer version of its definition, or says all that stands in the way. The main
// head answers for the procedure in his organ, so he decides it; a system administrator, who brings
// in the version, reads no case. No actions run and no stage is passed over: where the case stands
// afterwards is what the mapping says, with regions that are new at their beginning, and all stages
// that lay ahead of it lie ahead of it still.
[[nodiscard]] Decided decide_migration(const Situation& situation, const MigrateCase& command,
                                       const DecisionInput& input);

}  // namespace mingjian
