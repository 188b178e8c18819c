#pragma once

#include "engine/base/json.h"

namespace mingjian {

// Takes titles and descriptions out of a schema and gives its formats to our own check, at every
// depth.
void to_validator_terms(Json& schema);

}  // namespace mingjian
