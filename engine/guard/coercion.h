#pragma once

#include <optional>
#include <string>

#include "engine/base/json.h"
#include "engine/guard/number.h"

namespace mingjian::guard {

// JsonLogic's truth: false, null, 0, "" and [] are false, all else is true ("0" and {} too).
[[nodiscard]] bool truthy(const Json& value);

// The value as a number: null and "" are 0, true is 1, text is read as a decimal number. Nothing
// for other text and for lists and objects.
[[nodiscard]] std::optional<Number> to_number(const Json& value);

// The value as `cat` writes it: null is "", a list its members joined with commas, a number in its
// shortest form as in ECMAScript (2, not 2.0), an object as JSON.
[[nodiscard]] std::string to_text(const Json& value);

// Same kind and same value; numbers by their value, lists and objects by their members.
[[nodiscard]] bool strictly_equal(const Json& left, const Json& right);

}  // namespace mingjian::guard
