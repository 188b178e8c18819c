#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {
namespace {

// Positions in text are code points, which is what people count.
bool starts_code_point(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

// Where in `text` the code point with this number starts, or its end.
std::size_t byte_of(std::string_view text, std::size_t position) {
  std::size_t at = 0;
  while (at < text.size() && (position > 0 || !starts_code_point(text[at]))) {
    if (starts_code_point(text[at])) {
      if (position == 0) break;
      --position;
    }
    ++at;
  }
  while (at < text.size() && !starts_code_point(text[at])) ++at;
  return at;
}

// `number` cut to a position from 0 to `most`; from the end where it is negative.
std::size_t position_of(double number, std::size_t most) {
  const auto end = static_cast<double>(most);
  const double from_start = number < 0 ? end + std::trunc(number) : std::trunc(number);
  return static_cast<std::size_t>(std::clamp(from_start, 0.0, end));
}

}  // namespace

Outcome Evaluator::contains(const Rule& rule, const Frame& frame) {
  if (!rule.listed || rule.arguments.size() < 2) return invalid_arguments();
  const auto sought = run(rule.arguments[0], frame);
  if (!sought) return sought;
  const auto place = run(rule.arguments[1], frame);
  if (!place) return place;
  const Json& what = sought->get();
  const Json& where = place->get();
  if (where.is_array()) {
    if (!afford_steps(where.size())) return too_much();
    if (what.is_structured() && !afford_copy(where)) return too_much();
    return Value(std::any_of(where.begin(), where.end(),
                             [&](const Json& member) { return strictly_equal(member, what); }));
  }
  if (!where.is_string() || what.is_null() || what.is_structured()) return Value(false);
  const auto& text = where.get_ref<const std::string&>();
  const std::string part = to_text(what);
  // Text that almost repeats itself makes the search take the product of both lengths.
  constexpr std::size_t kComparisonsPerStep = 4096;
  if (!afford_steps(text.size() * part.size() / kComparisonsPerStep)) return too_much();
  return Value(text.find(part) != std::string::npos);
}

Outcome Evaluator::concatenate(const Rule& rule, const Frame& frame) {
  std::string text;
  auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    if (!afford_copy(given)) return std::move(too_much().value());
    text += to_text(given);
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*std::move(error));
  return Value(std::move(text));
}

Outcome Evaluator::substring(const Rule& rule, const Frame& frame) {
  std::string text;
  std::optional<Number> bounds[2];
  std::size_t count = 0;
  auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    if (count == 0) {
      if (!afford_copy(given)) return std::move(too_much().value());
      text = to_text(given);
    } else if (count <= 2) {
      bounds[count - 1] = to_number(given);
      if (!bounds[count - 1]) return error_of("NaN");
    }
    ++count;
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*std::move(error));
  if (count == 0) return invalid_arguments();
  const std::size_t size = count_code_points(text);
  const std::size_t from = position_of(bounds[0] ? bounds[0]->as_double() : 0, size);
  // A negative length leaves out so many characters at the end.
  const std::size_t length =
      bounds[1] ? position_of(bounds[1]->as_double(), size - from) : size - from;
  const std::size_t begin = byte_of(text, from);
  return Value(text.substr(begin, byte_of(text, from + length) - begin));
}

}  // namespace mingjian::guard
