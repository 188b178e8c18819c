#pragma once

#include <cstdint>
#include <memory>

#include "api/http/handlers/pipeline.h"

namespace mingjian::http {

// 404: there is no such definition or version.
[[nodiscard]] Problem no_such_definition();

// The {version} of the route. 404 where it is no number.
[[nodiscard]] Checked<std::int64_t> version_in_path(const Request& request);

// The definition that the route names: {id}, in its {version} or, where the pattern has no such
// part, the one in force now. 404 where cases neither run nor ran on it.
[[nodiscard]] Checked<std::shared_ptr<const Definition>> named_definition(
    const OfficeServices& office, const Request& request);

}  // namespace mingjian::http
