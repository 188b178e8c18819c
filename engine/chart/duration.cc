#include "engine/chart/duration.h"

#include <algorithm>
#include <array>

namespace mingjian::chart {
namespace {

struct Unit {
  char letter;
  bool in_time_part;
  std::int64_t milliseconds;
};

// In the order in which ISO 8601 has them.
constexpr std::array<Unit, 5> kUnits = {{{'W', false, 7 * 24 * 3'600'000LL},
                                         {'D', false, 24 * 3'600'000LL},
                                         {'H', true, 3'600'000},
                                         {'M', true, 60'000},
                                         {'S', true, 1'000}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::int64_t> whole_number(std::string_view digits) {
  if (digits.empty()) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c) || value > kLongestDelay / 10) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value <= kLongestDelay ? std::optional(value) : std::nullopt;
}

// 0.digits of a unit, if that is a whole number of milliseconds.
std::optional<std::int64_t> fraction_of(std::string_view digits, std::int64_t unit) {
  if (digits.empty()) return std::nullopt;
  std::int64_t total = 0;
  for (const char c : digits) {
    const int digit = c - '0';
    if (digit != 0 && unit % 10 != 0) return std::nullopt;
    unit /= 10;
    total += digit * unit;
  }
  return total;
}

// Reads one component after another from the text behind the "P".
class DurationReader {
 public:
  explicit DurationReader(std::string_view text) : rest_(text) {}

  std::optional<std::int64_t> read() {
    while (!rest_.empty()) {
      if (ended_ || !read_designator() || !read_component()) return std::nullopt;
    }
    return any_ ? std::optional(total_) : std::nullopt;
  }

 private:
  // The "T" before the first component of time.
  bool read_designator() {
    if (rest_.front() != 'T') return true;
    if (in_time_) return false;
    in_time_ = true;
    rest_.remove_prefix(1);
    return !rest_.empty();
  }

  std::string_view read_digits() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_digit);
    const auto digits = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(digits.size());
    return digits;
  }

  bool read_component() {
    const auto whole = whole_number(read_digits());
    if (!whole || rest_.empty()) return false;
    std::optional<std::string_view> fraction;
    if (rest_.front() == '.' || rest_.front() == ',') {
      rest_.remove_prefix(1);
      fraction = read_digits();
      if (rest_.empty()) return false;
    }
    const char letter = rest_.front();
    rest_.remove_prefix(1);
    return add(letter, *whole, fraction);
  }

  bool add(char letter, std::int64_t whole, std::optional<std::string_view> fraction) {
    const auto unit = std::find_if(kUnits.begin() + next_unit_, kUnits.end(), [&](const Unit& u) {
      return u.letter == letter && u.in_time_part == in_time_;
    });
    if (unit == kUnits.end() || whole > kLongestDelay / unit->milliseconds) return false;
    total_ += whole * unit->milliseconds;
    if (fraction) {
      const auto part = fraction_of(*fraction, unit->milliseconds);
      if (!part) return false;
      total_ += *part;
      ended_ = true;
    }
    next_unit_ = unit - kUnits.begin() + 1;
    any_ = true;
    return total_ <= kLongestDelay;
  }

  std::string_view rest_;
  std::int64_t total_ = 0;
  std::ptrdiff_t next_unit_ = 0;
  bool in_time_ = false;
  bool any_ = false;
  bool ended_ = false;  // after a fraction nothing may follow
};

}  // namespace

std::optional<std::int64_t> parse_delay(std::string_view text) {
  if (!text.starts_with('P')) return whole_number(text);
  return DurationReader(text.substr(1)).read();
}

}  // namespace mingjian::chart
