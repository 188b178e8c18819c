#pragma once

#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "engine/guard/expression.h"

namespace mingjian::chart {

// What the expressions of a chart give while a macrostep runs. This one evaluates them, as a case
// in progress needs; the linter, which asks what could happen, derives one that also answers where
// not all of the data is known.
class Valuation {
 public:
  virtual ~Valuation() = default;

  // Whether a guard holds, or the error by which it fails.
  [[nodiscard]] virtual tl::expected<bool, Json> holds(const guard::Expression& guard,
                                                       const guard::Scope& scope);
  // The value of an expression, or the error by which it fails.
  [[nodiscard]] virtual tl::expected<Json, Json> value(const guard::Expression& expression,
                                                       const guard::Scope& scope);
  // Sets the value at a path below the context. What is missing or null on the way becomes an
  // object. False where something else stands there; the caller then drops the context, which may
  // be half changed.
  [[nodiscard]] virtual bool assign(Json& context, const std::vector<std::string>& path,
                                    Json value);
};

// The one that evaluates.
[[nodiscard]] Valuation& evaluation();

}  // namespace mingjian::chart
