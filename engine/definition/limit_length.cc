#include "engine/definition/limit_length.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace mingjian {
namespace {

struct Unit {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
  HourRange hours;
};

constexpr std::int64_t kDay = 24;
// Far beyond any limit, and safe to multiply by an amount.
constexpr std::int64_t kUnknown = std::numeric_limits<std::int32_t>::max();

constexpr std::array kUnits = {
    Unit{"hour", "小时", "hour", {1, 1}},
    Unit{"day", "日", "day", {kDay, kDay}},
    Unit{"working_day", "个工作日", "working day", {kDay, kUnknown}},
    Unit{"month", "个月", "month", {28 * kDay, 31 * kDay}},
    Unit{"year", "年", "year", {365 * kDay, 366 * kDay}},
};

const Unit& unit_of(const TimeLimit& limit) {
  const auto found = std::find_if(kUnits.begin(), kUnits.end(),
                                  [&](const Unit& unit) { return unit.name == limit.unit; });
  return found == kUnits.end() ? kUnits.front() : *found;  // the schema admits no other
}

constexpr int kMonthsOfAYear = 12;

}  // namespace

Text describe(const TimeLimit& limit) {
  const Unit& unit = unit_of(limit);
  const std::string amount = std::to_string(limit.amount);
  return {amount + std::string(unit.zh),
          amount + " " + std::string(unit.en) + (limit.amount == 1 ? "" : "s")};
}

HourRange hours_of(const TimeLimit& limit) {
  const HourRange& one = unit_of(limit).hours;
  return {one.least * limit.amount, one.most * limit.amount};
}

std::partial_ordering compare_length(const TimeLimit& a, const TimeLimit& b) {
  if (a.unit == b.unit) return a.amount <=> b.amount;
  if (a.unit == "year" && b.unit == "month") return a.amount * kMonthsOfAYear <=> b.amount;
  if (a.unit == "month" && b.unit == "year") return a.amount <=> b.amount * kMonthsOfAYear;
  const HourRange left = hours_of(a);
  const HourRange right = hours_of(b);
  if (left.least == left.most && right.least == right.most) return left.least <=> right.least;
  if (left.most <= right.least) return std::partial_ordering::less;
  if (left.least >= right.most) return std::partial_ordering::greater;
  return std::partial_ordering::unordered;
}

}  // namespace mingjian
