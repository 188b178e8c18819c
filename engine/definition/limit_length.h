#pragma once

#include <compare>
#include <cstdint>

#include "engine/definition/definition.h"

// How long a time limit is, as far as that can be told without a calendar.
namespace mingjian {

// "5个工作日" / "5 working days".
[[nodiscard]] Text describe(const TimeLimit& limit);

// The hours that a limit lasts at least and at most: equal for hours and days. A month has 28 to 31
// days, a year 365 or 366; how many days off lie between working days only the calendar knows.
struct HourRange {
  std::int64_t least = 0;
  std::int64_t most = 0;
};
[[nodiscard]] HourRange hours_of(const TimeLimit& limit);

// Which of two limits is longer; unordered where that depends on the calendar, as for 30 days and
// one month. Working days count as longer than as many days: they are never shorter.
[[nodiscard]] std::partial_ordering compare_length(const TimeLimit& a, const TimeLimit& b);

}  // namespace mingjian
