#pragma once

#include <string>

#include "api/http/handlers/pipeline.h"

namespace mingjian::http {

inline constexpr std::size_t kLargestPage = 200;

// ?limit= (1 to 200, 50 where it is not given). 400 where it is something else.
[[nodiscard]] Checked<std::size_t> page_limit(const Request& request);

// {"items": [...], "next": cursor or null}, and a Link header (RFC 8288) to the next page, which is
// there if `last_cursor` is not empty.
[[nodiscard]] Response page(const Request& request, Json items, const std::string& last_cursor);

}  // namespace mingjian::http
