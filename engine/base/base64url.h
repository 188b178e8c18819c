#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mingjian {

// Octets as RFC 4648 section 5 writes them for JOSE (RFC 7515 section 2): letters, digits, "-" and
// "_", without padding.
[[nodiscard]] std::string to_base64url(std::string_view octets);

// Nothing where the text is anything but what to_base64url() writes: padding, white space, other
// characters, or bits left over that are not zero, so that one value has one spelling.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace mingjian
