#pragma once

#include <string_view>

#include "engine/base/text.h"

namespace mingjian {

// What the validator says of a value of the wrong type.
inline constexpr std::string_view kWrongType = "Value type not permitted by 'type' constraint.";

// What the validator says of one place, in the words of our users.
[[nodiscard]] Text form_message(std::string_view validator_message);

// Whether the message only says that something below it is wrong.
[[nodiscard]] bool is_summary(std::string_view validator_message);

}  // namespace mingjian
