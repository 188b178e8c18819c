#pragma once

#include "api/http/handlers/pipeline.h"

namespace mingjian::http {

// The definition that the route's parameters name: {id}, in its {version} or, where the pattern has
// no such part, the newest. 404 where there is none.
[[nodiscard]] Checked<const Definition*> named_definition(const Catalogue& catalogue,
                                                          const Request& request);

}  // namespace mingjian::http
