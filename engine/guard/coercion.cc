#include "engine/guard/coercion.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

namespace mingjian::guard {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\v\f\r";
  const auto from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

std::optional<Number> read_number(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return Number::of(std::int64_t{0});
  if (text.front() == '+') {
    text.remove_prefix(1);
    if (text.empty() || text.front() == '-') return std::nullopt;
  }
  const char* const end = text.data() + text.size();
  std::int64_t integer = 0;
  const auto whole = std::from_chars(text.data(), end, integer);
  if (whole.ec == std::errc() && whole.ptr == end) return Number::of(integer);
  double real = 0;
  const auto read = std::from_chars(text.data(), end, real);
  // "inf" and "nan" are read by from_chars, but are no numbers here.
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(real)) return std::nullopt;
  return Number::of(real);
}

// ECMAScript's Number::toString: plain digits from 1e-6 to 1e21, else with an exponent.
std::string write_real(double value) {
  constexpr double kPlainFrom = 1e-6;
  constexpr double kPlainBelow = 1e21;
  std::array<char, 64> buffer{};
  const double size = std::abs(value);
  const bool plain = value == 0 || (size >= kPlainFrom && size < kPlainBelow);
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string text(buffer.data(), written.ptr);
  // to_chars writes an exponent of at least two digits: 1e-07.
  const auto exponent = text.find('e');
  if (exponent != std::string::npos && text[exponent + 2] == '0') text.erase(exponent + 2, 1);
  return text;
}

}  // namespace

bool truthy(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return false;
    case Json::value_t::boolean:
      return value.get<bool>();
    case Json::value_t::string:
      return !value.get_ref<const std::string&>().empty();
    case Json::value_t::array:
      return !value.empty();
    case Json::value_t::object:
      return true;
    default:
      return value.get<double>() != 0;
  }
}

std::optional<Number> to_number(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return Number::of(std::int64_t{0});
    case Json::value_t::boolean:
      return Number::of(std::int64_t{value.get<bool>() ? 1 : 0});
    case Json::value_t::string:
      return read_number(value.get_ref<const std::string&>());
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
    case Json::value_t::number_float:
      return number_of(value);
    default:
      return std::nullopt;
  }
}

std::string to_text(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return "";
    case Json::value_t::boolean:
      return value.get<bool>() ? "true" : "false";
    case Json::value_t::string:
      return value.get<std::string>();
    case Json::value_t::number_float:
      return write_real(value.get<double>());
    case Json::value_t::array: {
      std::string text;
      for (const Json& member : value) {
        if (&member != &value.front()) text += ',';
        text += to_text(member);
      }
      return text;
    }
    default:
      return value.dump();
  }
}

bool strictly_equal(const Json& left, const Json& right) {
  if (left.is_number() && right.is_number()) {
    return compare(number_of(left), number_of(right)) == std::partial_ordering::equivalent;
  }
  return left == right;
}

}  // namespace mingjian::guard
