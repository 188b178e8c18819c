#pragma once

#include <string>

#include "engine/base/json.h"

namespace mingjian::cli {

// Fills in a form by its schema: an enum gets a value that occurs in `known` if one fits, else its
// first; a boolean is true; a date is `day`; a text says that it was done by the rules.
[[nodiscard]] Json fill_form(const Json& schema, const Json& known, const std::string& day);

}  // namespace mingjian::cli
