#pragma once

#include <compare>
#include <cstdint>
#include <optional>

#include "engine/base/json.h"
#include "engine/guard/operator.h"

namespace mingjian::guard {

// A number of a rule: a whole one as long as it is exact in 64 bits, else a double.
struct Number {
  bool whole = true;
  std::int64_t integer = 0;
  double real = 0;

  [[nodiscard]] static Number of(std::int64_t value) { return {true, value, 0}; }
  // A whole number where `value` is one that a double holds exactly.
  [[nodiscard]] static Number of(double value);
  [[nodiscard]] double as_double() const { return whole ? static_cast<double>(integer) : real; }
  [[nodiscard]] Json to_json() const;
};

// `json`, which is a number, as it stands.
[[nodiscard]] Number number_of(const Json& json);

// Less, equal or greater, exact for whole numbers.
[[nodiscard]] std::partial_ordering compare(const Number& left, const Number& right);

// left (+ - * / %) right, or nothing where that is no finite number. The remainder has the sign of
// `left`.
[[nodiscard]] std::optional<Number> combine(Operator operation, const Number& left,
                                            const Number& right);

}  // namespace mingjian::guard
