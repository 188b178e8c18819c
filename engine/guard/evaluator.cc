#include "engine/guard/evaluator.h"

#include <string>
#include <utility>

namespace mingjian::guard {
namespace {

// Text this long costs as much as one more step, wherever it turns up.
constexpr std::size_t kBytesPerStep = 64;

// The bytes of `value` and all that is in it, counted until they are more than `most`.
std::size_t weigh(const Json& value, std::size_t most) {
  std::size_t bytes = sizeof(Json);
  if (value.is_string()) return bytes + value.get_ref<const std::string&>().size();
  if (value.is_object()) {
    for (const auto& [key, member] : value.get_ref<const Json::object_t&>()) {
      if (bytes > most) break;
      bytes += key.size() + weigh(member, most - bytes);
    }
  } else if (value.is_array()) {
    for (const Json& member : value) {
      if (bytes > most) break;
      bytes += weigh(member, most - bytes);
    }
  }
  return bytes;
}

}  // namespace

Json error_of(std::string_view type) { return Json{{"type", type}}; }

tl::unexpected<Json> not_a_number() { return tl::unexpected<Json>(error_of("NaN")); }

tl::unexpected<Json> invalid_arguments() {
  return tl::unexpected<Json>(error_of("Invalid Arguments"));
}

Outcome Evaluator::run(const Rule& rule, const Frame& frame) {
  if (!afford_steps(1)) return too_much();
  Outcome outcome = dispatch(rule, frame);
  if (outcome && outcome->get().is_string()) {
    const auto bytes = outcome->get().get_ref<const std::string&>().size();
    if (!afford_steps(bytes / kBytesPerStep)) return too_much();
  }
  return outcome;
}

Outcome Evaluator::dispatch(const Rule& rule, const Frame& frame) {
  switch (rule.operation) {
    case Operator::kLiteral:
    case Operator::kPreserve:
      return Value::view(rule.literal);
    case Operator::kList:
      return list(rule, frame);
    case Operator::kVariable:
      return variable(rule, frame);
    case Operator::kValue:
    case Operator::kExists:
      return value(rule, frame);
    case Operator::kMissing:
      return missing(rule, frame);
    case Operator::kMissingSome:
      return missing_some(rule, frame);
    case Operator::kInState:
      return Value(scope_.in_state(rule.state));
    case Operator::kIf:
      return choose(rule, frame);
    case Operator::kAnd:
    case Operator::kOr:
      return connect(rule, frame);
    case Operator::kNot:
    case Operator::kTruthy:
      return truth(rule, frame);
    case Operator::kCoalesce:
      return coalesce(rule, frame);
    case Operator::kThrow:
      return raise(rule, frame);
    case Operator::kTry:
      return attempt(rule, frame);
    case Operator::kEqual:
    case Operator::kNotEqual:
    case Operator::kStrictlyEqual:
    case Operator::kStrictlyNotEqual:
    case Operator::kLess:
    case Operator::kLessOrEqual:
    case Operator::kGreater:
    case Operator::kGreaterOrEqual:
      return compare(rule, frame);
    case Operator::kAdd:
    case Operator::kSubtract:
    case Operator::kMultiply:
    case Operator::kDivide:
    case Operator::kRemainder:
      return calculate(rule, frame);
    case Operator::kMaximum:
    case Operator::kMinimum:
      return extreme(rule, frame);
    case Operator::kIn:
      return contains(rule, frame);
    case Operator::kConcatenate:
      return concatenate(rule, frame);
    case Operator::kSubstring:
      return substring(rule, frame);
    case Operator::kMerge:
      return merge(rule, frame);
    case Operator::kMap:
      return map(rule, frame);
    case Operator::kFilter:
      return filter(rule, frame);
    case Operator::kReduce:
      return reduce(rule, frame);
    case Operator::kAll:
    case Operator::kSome:
    case Operator::kNone:
      return quantify(rule, frame);
  }
  return invalid_arguments();
}

bool Evaluator::afford_steps(std::size_t steps) {
  if (exhausted_ || steps > steps_left_) {
    exhausted_ = true;
    return false;
  }
  steps_left_ -= steps;
  return true;
}

bool Evaluator::afford_bytes(std::size_t bytes) {
  if (exhausted_ || bytes > bytes_left_) {
    exhausted_ = true;
    return false;
  }
  bytes_left_ -= bytes;
  return true;
}

bool Evaluator::afford_copy(const Json& value) { return afford_bytes(weigh(value, bytes_left_)); }

std::optional<Json> Evaluator::own(Value value) {
  if (value.is_view() && !afford_copy(value.get())) return std::nullopt;
  return std::move(value).own();
}

tl::unexpected<Json> Evaluator::too_much() {
  exhausted_ = true;
  return tl::unexpected<Json>(error_of("Too Much"));
}

}  // namespace mingjian::guard
