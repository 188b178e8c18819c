#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {
namespace {

bool is_null(const Rule& rule) {
  return rule.operation == Operator::kLiteral && rule.literal.is_null();
}

// What all operators with a body ask of their arguments. `all`, `some` and `none` take the body
// null, which is false of each member.
bool well_formed(const Rule& rule) {
  if (!rule.listed || rule.arguments.size() < 2 || is_null(rule.arguments[0])) return false;
  const bool quantifier = rule.operation == Operator::kAll || rule.operation == Operator::kSome ||
                          rule.operation == Operator::kNone;
  return quantifier || !is_null(rule.arguments[1]);
}

const Json& no_members() {
  static const Json kEmpty = Json::array();
  return kEmpty;
}

}  // namespace

Outcome Evaluator::merge(const Rule& rule, const Frame& frame) {
  Json merged = Json::array();
  auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    if (!afford_copy(given)) return std::move(too_much().value());
    if (given.is_array()) {
      merged.insert(merged.end(), given.begin(), given.end());
    } else {
      merged.push_back(given);
    }
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*std::move(error));
  return Value(std::move(merged));
}

// The list to go through. Data that is not there is an empty one.
Outcome Evaluator::selection(const Rule& rule, const Frame& frame) {
  auto members = run(rule.arguments[0], frame);
  if (!members || members->get().is_array()) return members;
  if (members->get().is_null()) return Value::view(no_members());
  return invalid_arguments();
}

Outcome Evaluator::body(const Rule& rule, const Frame& frame, const Json& members,
                        std::size_t index) {
  const Frame iteration{Frame::Kind::kIteration, &frame, index, &members, nullptr};
  const Frame member{Frame::Kind::kMember, &iteration, 0, &members[index], nullptr};
  return run(rule.arguments[1], member);
}

Outcome Evaluator::map(const Rule& rule, const Frame& frame) {
  if (!well_formed(rule)) return invalid_arguments();
  const auto members = selection(rule, frame);
  if (!members) return members;
  Json mapped = Json::array();
  for (std::size_t i = 0; i < members->get().size(); ++i) {
    auto result = body(rule, frame, members->get(), i);
    if (!result) return result;
    auto owned = own(*std::move(result));
    if (!owned || !afford_bytes(sizeof(Json))) return too_much();
    mapped.push_back(*std::move(owned));
  }
  return Value(std::move(mapped));
}

Outcome Evaluator::filter(const Rule& rule, const Frame& frame) {
  if (!well_formed(rule)) return invalid_arguments();
  const auto members = selection(rule, frame);
  if (!members) return members;
  Json kept = Json::array();
  for (std::size_t i = 0; i < members->get().size(); ++i) {
    const auto result = body(rule, frame, members->get(), i);
    if (!result) return result;
    if (!truthy(result->get())) continue;
    if (!afford_copy(members->get()[i])) return too_much();
    kept.push_back(members->get()[i]);
  }
  return Value(std::move(kept));
}

// Without a first value the first member is it.
Outcome Evaluator::reduce(const Rule& rule, const Frame& frame) {
  if (!well_formed(rule)) return invalid_arguments();
  const auto members = selection(rule, frame);
  if (!members) return members;
  const Json& list = members->get();
  std::size_t i = 0;
  Outcome start = Value(nullptr);
  if (rule.arguments.size() > 2) {
    start = run(rule.arguments[2], frame);
    if (!start) return start;
  } else if (!list.empty()) {
    start = Value::view(list[i++]);
  }
  // What is accumulated is its own at each step: it may view what came before, or the list.
  auto accumulated = own(*std::move(start));
  for (; accumulated && i < list.size(); ++i) {
    const Frame iteration{Frame::Kind::kIteration, &frame, i, &list, nullptr};
    const Frame pair{Frame::Kind::kReduction, &iteration, 0, &list[i], &*accumulated};
    auto result = run(rule.arguments[1], pair);
    if (!result) return result;
    accumulated = own(*std::move(result));
  }
  if (!accumulated) return too_much();
  return Value(*std::move(accumulated));
}

Outcome Evaluator::quantify(const Rule& rule, const Frame& frame) {
  if (!well_formed(rule)) return invalid_arguments();
  const auto members = run(rule.arguments[0], frame);
  if (!members) return members;
  if (!members->get().is_array()) return invalid_arguments();
  // `all` is decided by the first member that fails, the others by the first that holds.
  const bool decisive = rule.operation != Operator::kAll;
  const std::size_t size = members->get().size();
  for (std::size_t i = 0; i < size; ++i) {
    const auto result = body(rule, frame, members->get(), i);
    if (!result) return result;
    if (truthy(result->get()) == decisive) return Value(rule.operation == Operator::kSome);
  }
  // All of nothing is false, unlike in logic.
  if (rule.operation == Operator::kAll) return Value(size > 0);
  return Value(rule.operation == Operator::kNone);
}

}  // namespace mingjian::guard
