#include "engine/guard/operator.h"

#include <algorithm>
#include <array>

namespace mingjian::guard {
namespace {

constexpr auto kNames = std::to_array<NamedOperator>({
    {"var", Operator::kVariable},
    {"val", Operator::kValue},
    {"exists", Operator::kExists},
    {"missing", Operator::kMissing},
    {"missing_some", Operator::kMissingSome},
    {"in_state", Operator::kInState},
    {"if", Operator::kIf},
    {"?:", Operator::kIf},
    {"and", Operator::kAnd},
    {"or", Operator::kOr},
    {"!", Operator::kNot},
    {"!!", Operator::kTruthy},
    {"??", Operator::kCoalesce},
    {"throw", Operator::kThrow},
    {"try", Operator::kTry},
    {"preserve", Operator::kPreserve},
    {"==", Operator::kEqual},
    {"!=", Operator::kNotEqual},
    {"===", Operator::kStrictlyEqual},
    {"!==", Operator::kStrictlyNotEqual},
    {"<", Operator::kLess},
    {"<=", Operator::kLessOrEqual},
    {">", Operator::kGreater},
    {">=", Operator::kGreaterOrEqual},
    {"+", Operator::kAdd},
    {"-", Operator::kSubtract},
    {"*", Operator::kMultiply},
    {"/", Operator::kDivide},
    {"%", Operator::kRemainder},
    {"max", Operator::kMaximum},
    {"min", Operator::kMinimum},
    {"in", Operator::kIn},
    {"cat", Operator::kConcatenate},
    {"substr", Operator::kSubstring},
    {"merge", Operator::kMerge},
    {"map", Operator::kMap},
    {"filter", Operator::kFilter},
    {"reduce", Operator::kReduce},
    {"all", Operator::kAll},
    {"some", Operator::kSome},
    {"none", Operator::kNone},
});

// The operators whose second argument is a body.
bool has_body(Operator operation) {
  switch (operation) {
    case Operator::kMap:
    case Operator::kFilter:
    case Operator::kReduce:
    case Operator::kAll:
    case Operator::kSome:
    case Operator::kNone:
      return true;
    default:
      return false;
  }
}

}  // namespace

bool has_own_frame(Operator operation, std::size_t argument) {
  return (has_body(operation) && argument == 1) || (operation == Operator::kTry && argument > 0);
}

const NamedOperator* operator_named(std::string_view name) {
  const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                         [&](const NamedOperator& e) { return e.name == name; });
  return found == kNames.end() ? nullptr : found;
}

}  // namespace mingjian::guard
