#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/guard/expression.h"
#include "engine/guard/operator.h"
#include "engine/guard/path.h"

namespace mingjian::guard {

// A node of a compiled rule.
struct Rule {
  Operator operation = Operator::kLiteral;
  // The key of the operation as written; empty where the rule is none. Lives as long as the
  // program.
  std::string_view name = {};
  // Whether the arguments stand in the rule as a list. `{"+": x}` and `{"+": [x]}` differ: the
  // first takes the members of x as its arguments if x is a list.
  bool listed = true;
  // kVariable, kValue, kExists: whether `path` is known; otherwise the first argument says it.
  bool fixed_path = false;
  Json literal;             // of kLiteral
  Path path;                // of kVariable, kValue, kExists
  std::uint32_t state = 0;  // of kInState
  std::vector<Rule> arguments;
};

// The JSON pointer of argument or member `index` of `rule`, which stands at `pointer`.
[[nodiscard]] std::string pointer_of(const Rule& rule, const std::string& pointer,
                                     std::size_t index);

// What Expression::compile does, as a tree.
[[nodiscard]] Result<Rule> compile_rule(const OrderedJson& source, const std::string& pointer,
                                        const StateResolver& resolve_state);

// What Expression::reads does.
[[nodiscard]] bool may_read(const Rule& rule, std::string_view member);

// What Expression::fields does.
[[nodiscard]] std::optional<std::vector<std::string>> fields_read(const Rule& rule,
                                                                  std::string_view member);

}  // namespace mingjian::guard
