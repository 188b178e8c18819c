#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace mingjian {

// A point in time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
struct Instant {
  std::int64_t microseconds = 0;

  auto operator<=>(const Instant&) const = default;
};

// RFC 3339 in UTC with six decimals, e.g. "2026-03-01T08:00:00.000000Z".
[[nodiscard]] std::string to_rfc3339(Instant instant);

// Strict RFC 3339 date-time with any offset; more than six decimals are cut. Years 1970 to 9999.
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

// Whether `text` is a real calendar date in the form YYYY-MM-DD (RFC 3339 full-date).
[[nodiscard]] bool is_full_date(std::string_view text);

}  // namespace mingjian
