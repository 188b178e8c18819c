#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mingjian::http {

// The small grammars of HTTP (RFC 9110, 5.6). ASCII only, whatever the locale of the process.

// Whether `text` is a token: a method, the name of a header.
[[nodiscard]] bool is_token(std::string_view text);

// Whether the text is valid UTF-8 (RFC 3629) without control characters. Those are U+0000 to
// U+001F and U+007F; a tab is one of them only where `Tab::kRefused`.
enum class Tab { kAllowed, kRefused };
[[nodiscard]] bool is_clean_text(std::string_view text, Tab tab);

[[nodiscard]] bool equals_ignoring_case(std::string_view left, std::string_view right);
[[nodiscard]] bool starts_with_ignoring_case(std::string_view text, std::string_view start);

// `text` without spaces and tabs at its ends.
[[nodiscard]] std::string_view trim_blanks(std::string_view text);

// The parts between the separators; one part where there is none.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

// The octets that a percent-encoded text stands for (RFC 3986, 2.1); nothing where a "%" is not
// followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text);

// The same, with "+" read as a space: application/x-www-form-urlencoded, as browsers write queries.
[[nodiscard]] std::optional<std::string> form_decode(std::string_view text);

}  // namespace mingjian::http
