#pragma once

#include <functional>
#include <string>

#include "engine/base/json.h"

namespace mingjian {

// Picks one of the values that a field may have: of an enum, or true and false. Never empty.
using Chooser = std::function<Json(const Json& values)>;

// Takes the first value that occurs anywhere in `known`, else the first.
[[nodiscard]] Chooser choose_known(const Json& known);

// A filling of a form that Form::check accepts, by the form's schema with codes resolved: every
// field is filled; a date is `day` (YYYY-MM-DD), a number is the smallest, a text says that it was
// done by the rules. For demonstrations and tests.
[[nodiscard]] Json sample(const Json& schema, const Chooser& choose, const std::string& day);

}  // namespace mingjian
