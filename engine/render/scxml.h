#pragma once

#include <string>

#include "engine/render/subject.h"

namespace mingjian::render {

// The structure of the chart as SCXML 1.0 (W3C): states, parallel states, histories, final states
// and transitions; a timer of `after` becomes a delayed event that is cancelled when its state is
// left. The data model is "null", since guards and actions are data here: they stand beside as JSON
// in attributes of the namespace urn:mingjian:definition (mj:guard, mj:actions, mj:entry, mj:exit),
// with titles, roles and approvals. An id that is no XML name is replaced; mj:id keeps it.
[[nodiscard]] std::string scxml(const Subject& subject);

}  // namespace mingjian::render
