#pragma once

#include <cstddef>
#include <string_view>

namespace mingjian::lint {

// A place in a text, counted from 1; columns are octets.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;

  bool operator==(const Place&) const = default;
};

// Where the value under a JSON pointer (RFC 6901) begins in a text; where there is no such value,
// the innermost one on the way to it. Requires that the text is JSON.
[[nodiscard]] Place place_of(std::string_view json, std::string_view pointer);

}  // namespace mingjian::lint
