#pragma once

#include <vector>

#include "engine/case/state.h"
#include "engine/definition/definition.h"
#include "engine/ports/store.h"
#include "engine/render/svg.h"

namespace mingjian {

// Where a case is and has been, to be marked on the diagram of the definition that it runs on.
// `events`: all that happened to it. Errors: kCorrupt where they, or the case, do not fit.
[[nodiscard]] Result<render::Marks> trace(const Definition& definition, const CaseState& state,
                                          const std::vector<EventRecord>& events);

}  // namespace mingjian
