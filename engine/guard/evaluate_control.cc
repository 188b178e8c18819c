#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {

Outcome Evaluator::list(const Rule& rule, const Frame& frame) {
  Json values = Json::array();
  for (const Rule& member : rule.arguments) {
    auto result = run(member, frame);
    if (!result) return result;
    auto owned = own(*std::move(result));
    if (!owned || !afford_bytes(sizeof(Json))) return too_much();
    values.push_back(*std::move(owned));
  }
  return Value(std::move(values));
}

Outcome Evaluator::choose(const Rule& rule, const Frame& frame) {
  if (!rule.listed) return invalid_arguments();
  const auto& parts = rule.arguments;
  std::size_t i = 0;
  for (; i + 1 < parts.size(); i += 2) {
    const auto condition = run(parts[i], frame);
    if (!condition) return condition;
    if (truthy(condition->get())) return run(parts[i + 1], frame);
  }
  if (i < parts.size()) return run(parts[i], frame);
  return Value(nullptr);
}

Outcome Evaluator::connect(const Rule& rule, const Frame& frame) {
  if (!rule.listed) return invalid_arguments();
  const bool decisive = rule.operation == Operator::kOr;
  Outcome result = Value(false);
  for (const Rule& argument : rule.arguments) {
    result = run(argument, frame);
    if (!result || truthy(result->get()) == decisive) return result;
  }
  return result;
}

Outcome Evaluator::truth(const Rule& rule, const Frame& frame) {
  const bool negated = rule.operation == Operator::kNot;
  if (rule.arguments.empty()) return Value(negated);
  const auto result = run(rule.arguments.front(), frame);
  if (!result) return result;
  return Value(truthy(result->get()) != negated);
}

Outcome Evaluator::coalesce(const Rule& rule, const Frame& frame) {
  for (const Rule& argument : rule.arguments) {
    auto result = run(argument, frame);
    if (!result || !result->get().is_null()) return result;
  }
  return Value(nullptr);
}

Outcome Evaluator::raise(const Rule& rule, const Frame& frame) {
  if (rule.arguments.empty()) return invalid_arguments();
  auto result = run(rule.arguments.front(), frame);
  if (!result) return result;
  auto thrown = own(*std::move(result));
  if (!thrown) return too_much();
  if (thrown->is_object()) return tl::unexpected<Json>(*std::move(thrown));
  Json error = Json::object();
  error["type"] = *std::move(thrown);
  return tl::unexpected<Json>(std::move(error));
}

Outcome Evaluator::attempt(const Rule& rule, const Frame& frame) {
  Outcome result = Value(nullptr);
  Json caught;
  const Frame handling{Frame::Kind::kIteration, &frame, 0, nullptr, nullptr};
  const Frame error{Frame::Kind::kMember, &handling, 0, &caught, nullptr};
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    result = run(rule.arguments[i], i == 0 ? frame : error);
    if (exhausted_) return too_much();
    if (result) break;
    caught = result.error();
  }
  if (!result || !result->is_view()) return result;
  // The result may view the error, which is about to go.
  auto owned = own(*std::move(result));
  if (!owned) return too_much();
  return Value(*std::move(owned));
}

}  // namespace mingjian::guard
