#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/base/text.h"
#include "engine/guard/environment.h"
#include "engine/guard/expression.h"

namespace mingjian::guard {

// Something in a rule that cannot be meant.
struct TypeFinding {
  std::string pointer;  // of the operation or operand, into the definition
  Text message;

  bool operator==(const TypeFinding&) const = default;
};

// Of one rule no more findings than this are given.
inline constexpr std::size_t kMostFindings = 100;

// What can be known to be wrong with a rule before it runs: a path to a field that there is not, a
// comparison of unlike types, a calculation with what is no number, a search where nothing can be
// found, a value that its field never has. Where a type cannot be known, nothing is said; a field
// that may be empty can be compared with any value of its type, and with null.
[[nodiscard]] std::vector<TypeFinding> typecheck(const Expression& expression,
                                                 const TypeEnvironment& environment);

// As `typecheck`, for a rule whose result is put at `path` below the context: the field must be
// there, and be able to hold the result.
[[nodiscard]] std::vector<TypeFinding> typecheck_assignment(const std::vector<std::string>& path,
                                                            const Expression& expression,
                                                            const TypeEnvironment& environment);

// What the result of a rule can be: at least all kinds that it has for data of the environment.
[[nodiscard]] Type infer(const Expression& expression, const TypeEnvironment& environment);

}  // namespace mingjian::guard
