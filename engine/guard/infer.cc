#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/inference.h"

namespace mingjian::guard {

Type Inference::infer(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  switch (rule.operation) {
    case Operator::kLiteral:
    case Operator::kPreserve:
      return type_of_value(rule.literal);
    case Operator::kList: {
      Type item{0, nullptr, {}};
      for (const Operand& member : operands(rule, frame, pointer)) item = unite(item, member.type);
      return list_of(std::move(item));
    }
    case Operator::kVariable:
      return variable(rule, frame, pointer);
    case Operator::kValue:
    case Operator::kExists:
      return value(rule, frame, pointer);
    case Operator::kMissing:
    case Operator::kMissingSome:
      return missing(rule, frame, pointer);
    case Operator::kIf:
      return branches(rule, frame, pointer);
    case Operator::kAnd:
    case Operator::kOr:
    case Operator::kCoalesce:
      return either(rule, frame, pointer);
    case Operator::kThrow:
      operands(rule, frame, pointer);
      return {0, nullptr, {}};
    case Operator::kTry:
      return attempt(rule, frame, pointer);
    case Operator::kEqual:
    case Operator::kNotEqual:
    case Operator::kStrictlyEqual:
    case Operator::kStrictlyNotEqual:
    case Operator::kLess:
    case Operator::kLessOrEqual:
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
      return compare(rule, frame, pointer);
    case Operator::kAdd:
    case Operator::kSubtract:
    case Operator::kMultiply:
    case Operator::kDivide:
    case Operator::kRemainder:
    case Operator::kMaximum:
    case Operator::kMinimum:
      return calculate(rule, frame, pointer);
    case Operator::kIn:
      return contains(rule, frame, pointer);
    case Operator::kConcatenate:
    case Operator::kSubstring:
      operands(rule, frame, pointer);
      return {kTexts, nullptr, {}};
    case Operator::kMerge:
      operands(rule, frame, pointer);
      return list_of({});
    case Operator::kMap:
    case Operator::kFilter:
    case Operator::kAll:
    case Operator::kSome:
    case Operator::kNone:
      return iterate(rule, frame, pointer);
    case Operator::kReduce:
      return reduce(rule, frame, pointer);
    case Operator::kInState:
    case Operator::kNot:
    case Operator::kTruthy:
      operands(rule, frame, pointer);
      return truth();
  }
  return {};
}

std::vector<Inference::Operand> Inference::operands(const Rule& rule, const TypeFrame& frame,
                                                    const std::string& pointer) {
  std::vector<Operand> all;
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    std::string place = pointer_of(rule, pointer, i);
    Type type = infer(rule.arguments[i], frame, place);
    all.push_back({&rule.arguments[i], std::move(place), std::move(type)});
  }
  return all;
}

void Inference::add(std::string pointer, Text message) {
  if (!finds()) return;
  TypeFinding finding{std::move(pointer), std::move(message)};
  const bool known = std::find(findings_->begin(), findings_->end(), finding) != findings_->end();
  if (!known) findings_->push_back(std::move(finding));
}

// The result is one of the arguments.
Type Inference::either(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const auto all = operands(rule, frame, pointer);
  if (all.empty()) return {kBooleans | kNulls, nullptr, {}};
  Type type{0, nullptr, {}};
  for (const Operand& one : all) type = unite(type, one.type);
  // `??` goes on where it finds null.
  const bool coalesces = rule.operation == Operator::kCoalesce;
  if (coalesces && (all.back().type.kinds & kNulls) == 0) type.kinds &= ~kNulls;
  return type;
}

Type Inference::branches(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const auto parts = operands(rule, frame, pointer);
  Type type{0, nullptr, {}};
  for (std::size_t i = 1; i < parts.size(); i += 2) type = unite(type, parts[i].type);
  const bool has_else = parts.size() % 2 == 1;
  return unite(type, has_else ? parts.back().type : Type{kNulls, nullptr, {}});
}

// What comes after the first argument sees the error.
Type Inference::attempt(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const TypeBody handling(frame, Type{});
  Type type{0, nullptr, {}};
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    type = unite(type, infer(rule.arguments[i], i == 0 ? frame : handling.member,
                             pointer_of(rule, pointer, i)));
  }
  return rule.arguments.empty() ? Type{kNulls, nullptr, {}} : type;
}

}  // namespace mingjian::guard
