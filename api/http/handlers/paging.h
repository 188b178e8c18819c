#pragma once

#include <string>

#include "api/http/handlers/pipeline.h"

namespace mingjian::http {

// {"items": [...], "next": cursor or null}, and a Link header (RFC 8288) to the next page, which is
// there if `last_cursor` is not empty.
[[nodiscard]] Response page(const Request& request, Json items, const std::string& last_cursor);

}  // namespace mingjian::http
