#include "engine/guard/number.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace mingjian::guard {
namespace {

constexpr double kExactInteger = 9007199254740992.0;  // 2^53: below it a double misses no integer

// The result in whole numbers, or nothing where it overflows or is a fraction.
std::optional<Number> combine_whole(Operator operation, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  switch (operation) {
    case Operator::kAdd:
      if (__builtin_add_overflow(left, right, &result)) return std::nullopt;
      return Number::of(result);
    case Operator::kSubtract:
      if (__builtin_sub_overflow(left, right, &result)) return std::nullopt;
      return Number::of(result);
    case Operator::kMultiply:
      if (__builtin_mul_overflow(left, right, &result)) return std::nullopt;
      return Number::of(result);
    default:
      // The one quotient that does not fit is min / -1; the processor traps on its remainder too.
      if (right == 0 || right == -1) return std::nullopt;
      if (operation == Operator::kRemainder) return Number::of(left % right);
      if (left % right != 0) return std::nullopt;
      return Number::of(left / right);
  }
}

double combine_real(Operator operation, double left, double right) {
  switch (operation) {
    case Operator::kAdd:
      return left + right;
    case Operator::kSubtract:
      return left - right;
    case Operator::kMultiply:
      return left * right;
    case Operator::kDivide:
      return left / right;
    default:
      return std::fmod(left, right);
  }
}

}  // namespace

Number Number::of(double value) {
  if (std::abs(value) <= kExactInteger && std::trunc(value) == value) {
    return of(static_cast<std::int64_t>(value));
  }
  return {false, 0, value};
}

Json Number::to_json() const { return whole ? Json(integer) : Json(real); }

Number number_of(const Json& json) {
  if (json.is_number_unsigned()) {
    const auto value = json.get<std::uint64_t>();
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      return {false, 0, static_cast<double>(value)};
    }
    return Number::of(static_cast<std::int64_t>(value));
  }
  if (json.is_number_integer()) return Number::of(json.get<std::int64_t>());
  return Number::of(json.get<double>());
}

std::partial_ordering compare(const Number& left, const Number& right) {
  if (left.whole && right.whole) return left.integer <=> right.integer;
  return left.as_double() <=> right.as_double();
}

std::optional<Number> combine(Operator operation, const Number& left, const Number& right) {
  if (left.whole && right.whole) {
    if (const auto exact = combine_whole(operation, left.integer, right.integer)) return exact;
  }
  const double result = combine_real(operation, left.as_double(), right.as_double());
  if (!std::isfinite(result)) return std::nullopt;
  return Number::of(result);
}

}  // namespace mingjian::guard
