#pragma once

#include <string_view>

namespace valijson {
class SchemaParser;
}

namespace mingjian {

// The keyword under which a schema names its format to the validator, whose own check of "format"
// compiles an expression for each value it sees and takes 31 April for a date.
inline constexpr std::string_view kFormatKeyword = "mingjian-format";

// Whether forms can check this format: "date" (RFC 3339 full-date) or "date-time" (RFC 3339).
[[nodiscard]] bool is_form_format(std::string_view format);

// Lets the parser understand kFormatKeyword. A value that is not text passes: `type` judges it.
void add_format_check(valijson::SchemaParser& parser);

}  // namespace mingjian
