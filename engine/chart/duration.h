#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace mingjian::chart {

// The longest delay, in milliseconds: 2^53 - 1, the last whole number that every JSON reader keeps.
inline constexpr std::int64_t kLongestDelay = 9007199254740991;

// A delay in milliseconds: a whole number ("86400000"), or an ISO 8601 duration of weeks, days,
// hours, minutes and seconds ("P1W", "PT36H", "PT0.5S"), a day being 24 hours. Months and years
// have no fixed length. The smallest unit may have a fraction if the whole comes to whole
// milliseconds. Nothing where the text is none of this or too long.
[[nodiscard]] std::optional<std::int64_t> parse_delay(std::string_view text);

}  // namespace mingjian::chart
