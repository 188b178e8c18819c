#pragma once

#include <string_view>

namespace mingjian::http {

// The OpenAPI 3.1 description of the interface: api/http/openapi/openapi.json, compiled in.
[[nodiscard]] std::string_view openapi_document();

}  // namespace mingjian::http
