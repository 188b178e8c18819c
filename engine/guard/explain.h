#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "engine/base/text.h"
#include "engine/guard/environment.h"
#include "engine/guard/expression.h"

namespace mingjian::guard {

// Words for what a rule names, beside the titles of the environment's schemas.
struct Wording {
  const TypeEnvironment& environment;
  // The title of a value whose schema says "code": `table`; empty texts where there is none.
  std::function<Text(std::string_view table, std::string_view code)> code_title;
  std::function<Text(std::uint32_t state)> state_title;
};

// No more than so many reasons, and no reason with more characters than that.
inline constexpr std::size_t kMostReasons = 8;
inline constexpr std::size_t kLongestReason = 400;

// Why a rule does not hold: the conditions in it that would have to change, each with its field,
// the value there and what was expected. Empty where it holds. Shows only data of `scope`. Work is
// bounded as that of Expression::evaluate.
[[nodiscard]] std::vector<Text> explain(const Expression& expression, const Scope& scope,
                                        const Wording& wording);

}  // namespace mingjian::guard
