#pragma once

#include <cstddef>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/result.h"

namespace mingjian {

// Data: of a case, of a form, of an event. The order of keys carries no meaning.
using Json = nlohmann::json;
// A definition: the order of keys is document order and decides which transition is taken.
using OrderedJson = nlohmann::ordered_json;

// Bounds of what a text from outside may be.
struct JsonLimits {
  std::size_t bytes = 1 << 20;
  std::size_t depth = 64;                // objects and arrays inside each other
  std::size_t members = 4096;            // of one object or array
  std::size_t string_bytes = 256 << 10;  // of one string or key
};

// Reads JSON (RFC 8259) strictly: one value, UTF-8, no key twice in an object, no integer outside
// 64 bits. Errors are kInvalidInput with the pointer of the place, and line and column where the
// text itself is not JSON.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});
[[nodiscard]] Result<OrderedJson> parse_ordered_json(std::string_view text,
                                                     const JsonLimits& limits = {});

// {"zh", "en"}
[[nodiscard]] Json text_json(const Text& text);

// `token` as one part of a JSON pointer (RFC 6901): "/" + token with "~" and "/" escaped.
[[nodiscard]] std::string pointer_part(std::string_view token);

}  // namespace mingjian
