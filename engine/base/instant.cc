#include "engine/base/instant.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>

namespace mingjian {
namespace {

using std::chrono::sys_days;

// The digits of text[at, at + count) as a number, or nothing.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<std::chrono::year_month_day> date_at_start(std::string_view text) {
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

tl::unexpected<Error> not_a_time() {
  return fail(ErrorKind::kInvalidInput,
              {"不是有效的时间，应为 RFC 3339 格式，例如 2026-03-01T08:00:00+08:00",
               "not a valid time; expected RFC 3339, e.g. 2026-03-01T08:00:00+08:00"});
}

// Minutes east of UTC that the offset at the end of a date-time says.
std::optional<int> offset_minutes(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits(text, 1, 2);
  const auto minutes = digits(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  return text[0] == '+' ? total : -total;
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const std::chrono::sys_time<std::chrono::microseconds> time{
      std::chrono::microseconds(instant.microseconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 40> buffer{};
  const int length = std::snprintf(
      buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ",
      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
      static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
      static_cast<int>(clock.subseconds().count()));
  return {buffer.data(), static_cast<std::size_t>(length)};
}

bool is_full_date(std::string_view text) {
  return text.size() == 10 && date_at_start(text).has_value();
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto date = text.size() >= 20 ? date_at_start(text) : std::nullopt;
  if (!date || static_cast<int>(date->year()) < 1970) return not_a_time();
  if (text[10] != 'T' && text[10] != 't') return not_a_time();
  const auto hour = digits(text, 11, 2);
  const auto minute = digits(text, 14, 2);
  const auto second = digits(text, 17, 2);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return not_a_time();
  if (*hour > 23 || *minute > 59 || *second > 59) return not_a_time();

  std::size_t at = 19;
  std::int64_t micros = 0;
  if (text[at] == '.') {
    std::size_t count = 0;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count) {
      if (count < 6) micros = micros * 10 + (text[at] - '0');
    }
    if (count == 0) return not_a_time();
    for (; count < 6; ++count) micros *= 10;
  }
  const auto offset = offset_minutes(text.substr(at));
  if (!offset) return not_a_time();
  const auto days = sys_days(*date).time_since_epoch();
  const std::chrono::seconds seconds = days + std::chrono::hours(*hour) +
                                       std::chrono::minutes(*minute - *offset) +
                                       std::chrono::seconds(*second);
  return Instant{seconds.count() * 1'000'000 + micros};
}

}  // namespace mingjian
