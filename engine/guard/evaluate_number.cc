#include <string>
#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {
namespace {

bool holds(Operator operation, std::partial_ordering order) {
  switch (operation) {
    case Operator::kEqual:
      return order == 0;
    case Operator::kNotEqual:
      return order != 0;
    case Operator::kLess:
      return order < 0;
    case Operator::kLessOrEqual:
      return order <= 0;
    case Operator::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

// Whether `left` stands in the relation to `right`, or nothing where they cannot be compared: two
// texts by code point, all else as numbers.
std::optional<bool> related(Operator operation, const Json& left, const Json& right) {
  if (operation == Operator::kStrictlyEqual) return strictly_equal(left, right);
  if (operation == Operator::kStrictlyNotEqual) return !strictly_equal(left, right);
  if (left.is_string() && right.is_string()) {
    const auto& a = left.get_ref<const std::string&>();
    const auto& b = right.get_ref<const std::string&>();
    return holds(operation, a <=> b);
  }
  const auto a = to_number(left);
  const auto b = to_number(right);
  if (!a || !b) return std::nullopt;
  return holds(operation, guard::compare(*a, *b));
}

std::size_t fewest_arguments(Operator operation) {
  if (operation == Operator::kRemainder) return 2;
  if (operation == Operator::kSubtract || operation == Operator::kDivide) return 1;
  return 0;
}

}  // namespace

// With more than two, each argument must stand in the relation to the next; the first that does
// not ends it, and what follows is not evaluated.
Outcome Evaluator::compare(const Rule& rule, const Frame& frame) {
  if (!rule.listed || rule.arguments.size() < 2) return invalid_arguments();
  auto left = run(rule.arguments.front(), frame);
  if (!left) return left;
  for (std::size_t i = 1; i < rule.arguments.size(); ++i) {
    auto right = run(rule.arguments[i], frame);
    if (!right) return right;
    if (left->get().is_structured() && right->get().is_structured()) {
      if (!afford_copy(left->get())) return too_much();  // comparing costs as much as copying
    }
    const auto related_now = related(rule.operation, left->get(), right->get());
    if (!related_now) return not_a_number();
    if (!*related_now) return Value(false);
    left = std::move(right);
  }
  return Value(true);
}

Outcome Evaluator::calculate(const Rule& rule, const Frame& frame) {
  const std::size_t fewest = fewest_arguments(rule.operation);
  if (rule.listed && rule.arguments.size() < fewest) return invalid_arguments();
  Number total;
  std::size_t count = 0;
  auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    const auto number = to_number(given);
    if (!number) return error_of("NaN");
    const auto next = count == 0 ? number : combine(rule.operation, total, *number);
    if (!next) return error_of("NaN");
    total = *next;
    ++count;
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*std::move(error));
  if (count < fewest) return invalid_arguments();
  // Nothing to add is 0, nothing to multiply 1; one alone is subtracted from 0, divides 1.
  const bool product = rule.operation == Operator::kMultiply || rule.operation == Operator::kDivide;
  const Number neutral = Number::of(std::int64_t{product ? 1 : 0});
  if (count == 0) return Value(neutral.to_json());
  if (count == 1 && fewest == 1) {
    const auto turned = combine(rule.operation, neutral, total);
    if (!turned) return not_a_number();
    total = *turned;
  }
  return Value(total.to_json());
}

Outcome Evaluator::extreme(const Rule& rule, const Frame& frame) {
  const auto better = rule.operation == Operator::kMaximum ? Operator::kGreater : Operator::kLess;
  std::optional<Number> best;
  auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    if (!given.is_number()) return error_of("Invalid Arguments");
    const auto number = number_of(given);
    if (!best || holds(better, guard::compare(number, *best))) best = number;
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*std::move(error));
  if (!best) return invalid_arguments();
  return Value(best->to_json());
}

}  // namespace mingjian::guard
