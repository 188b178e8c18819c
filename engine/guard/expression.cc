#include "engine/guard/expression.h"

#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"
#include "engine/guard/possible.h"
#include "engine/guard/rule.h"

namespace mingjian::guard {

struct Expression::Node {
  std::string pointer;
  Rule rule;
};

Result<Expression> Expression::compile(const OrderedJson& rule, const std::string& pointer,
                                       const StateResolver& resolve_state) {
  auto compiled = compile_rule(rule, pointer, resolve_state);
  if (!compiled) return tl::unexpected<Error>(std::move(compiled.error()));
  return Expression(std::make_shared<const Node>(Node{pointer, *std::move(compiled)}));
}

tl::expected<Json, Json> Expression::evaluate(const Scope& scope) const {
  Evaluator evaluator(scope);
  auto outcome = evaluator.run(root_->rule);
  if (!outcome) return tl::unexpected<Json>(std::move(outcome.error()));
  return std::move(*outcome).own();
}

tl::expected<bool, Json> Expression::holds(const Scope& scope) const {
  Evaluator evaluator(scope);
  const auto outcome = evaluator.run(root_->rule);
  if (!outcome) return tl::unexpected<Json>(outcome.error());
  return truthy(outcome->get());
}

Json unknown() { return Json::binary({}); }

bool is_unknown(const Json& value) { return value.is_binary(); }

Truth Expression::truth(const Scope& scope) const { return possible_truth(root_->rule, scope); }

tl::expected<Json, Json> Expression::known_value(const Scope& scope) const {
  return is_known(root_->rule, scope) ? evaluate(scope) : unknown();
}

std::optional<std::vector<std::string>> Expression::fields(std::string_view member) const {
  return fields_read(root_->rule, member);
}

bool Expression::reads(std::string_view member) const { return may_read(root_->rule, member); }

const std::string& Expression::pointer() const { return root_->pointer; }

const Rule& Expression::rule() const { return root_->rule; }

}  // namespace mingjian::guard
