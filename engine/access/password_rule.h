#pragma once

#include <optional>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian {

// What is wrong with a password that somebody is to have, or nothing: it has at least 12
// characters, at most 1000 octets, and is not the name he signs in with. Length and nothing else
// makes a password good: what it is made of is not prescribed (NIST SP 800-63B, 5.1.1.2).
[[nodiscard]] std::optional<Text> password_fault(std::string_view password, const PersonId& person);

}  // namespace mingjian
