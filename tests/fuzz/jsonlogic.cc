#include <nlohmann/json.hpp>

#include "engine/guard/explain.h"
#include "engine/guard/expression.h"
#include "engine/guard/typecheck.h"
#include "tests/engine/guard/object_scope.h"
#include "tests/engine/guard/sample_case.h"
#include "tests/fuzz/fuzz_target.h"

using namespace mingjian;
using namespace mingjian::guard;

namespace {

std::optional<std::uint32_t> state_named(std::string_view id) {
  if (id == "a") return 7;
  if (id == "b") return 8;
  return std::nullopt;
}

const TypeEnvironment& environment() {
  static const TypeEnvironment kEnvironment = guard::testing::sample_environment();
  return kEnvironment;
}

Text code_title(std::string_view table, std::string_view code) {
  return {std::string(table), std::string(code)};
}

Text state_title(std::uint32_t state) { return {std::to_string(state), std::to_string(state)}; }

bool too_much(const Json& error) { return error == Json{{"type", "Too Much"}}; }

// `holds`, `evaluate`, `truth` and `explain` must tell the same story.
void compare_answers(const Expression& rule, const Scope& scope) {
  const auto result = rule.evaluate(scope);
  const auto holds = rule.holds(scope);
  const auto reasons = explain(rule, scope, {environment(), code_title, state_title});
  fuzz::require(reasons.size() <= kMostReasons);
  if (holds && *holds) fuzz::require(reasons.empty());
  const Truth truth = rule.truth(scope);
  if (!holds) {
    if (!too_much(holds.error())) fuzz::require(truth != Truth::kTrue);
    return;
  }
  fuzz::require(result || too_much(result.error()));  // the result is copied, the truth is not
  fuzz::require(truth == Truth::kUnknown || truth == (*holds ? Truth::kTrue : Truth::kFalse));
}

}  // namespace

// The input is a list: a rule, and the data for it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = parse_ordered_json(fuzz::text_of(data, size));
  if (!input || !input->is_array() || input->empty()) return 0;
  const auto rule = Expression::compile((*input)[0], "", state_named);
  if (!rule) return 0;
  fuzz::require(typecheck(*rule, environment()).size() <= kMostFindings);
  (void)typecheck_assignment({"amount"}, *rule, environment());
  Json facts = input->size() > 1 ? Json((*input)[1]) : Json::object();
  if (!facts.is_object()) facts = {{"context", std::move(facts)}};
  compare_answers(*rule, guard::testing::ObjectScope(std::move(facts)));
  return 0;
}
