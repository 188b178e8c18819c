#include <string>
#include <utility>

#include "engine/guard/coercion.h"
#include "engine/guard/evaluator.h"

namespace mingjian::guard {

Outcome Evaluator::variable(const Rule& rule, const Frame& frame) {
  std::optional<Value> found;
  if (rule.fixed_path) {
    found = find(rule.path, frame);
  } else {
    const auto key = run(rule.arguments.front(), frame);
    if (!key) return key;
    const auto path = dotted_path(key->get());
    if (path) found = find(*path, frame);
  }
  if (exhausted_) return too_much();
  if (found) return *std::move(found);
  if (rule.listed && rule.arguments.size() > 1) return run(rule.arguments[1], frame);
  return Value(nullptr);
}

Outcome Evaluator::value(const Rule& rule, const Frame& frame) {
  std::optional<Value> found;
  if (rule.fixed_path) {
    found = find(rule.path, frame);
  } else {
    const auto keys = rule.listed || rule.arguments.empty() ? list(rule, frame)
                                                            : run(rule.arguments.front(), frame);
    if (!keys) return keys;
    const auto path = listed_path(keys->get());
    if (!path) return invalid_arguments();
    found = find(*path, frame);
  }
  if (exhausted_) return too_much();
  if (rule.operation == Operator::kExists) return Value(found.has_value());
  if (found) return *std::move(found);
  return Value(nullptr);
}

Outcome Evaluator::missing(const Rule& rule, const Frame& frame) {
  Json keys = Json::array();
  const auto error = each_argument(rule, frame, [&](const Json& given) -> std::optional<Json> {
    if (!afford_copy(given)) return std::move(too_much().value());
    // {"missing": [["a", "b"]]}: a list in the place of the first key is the list of keys.
    if (given.is_array()) {
      keys.insert(keys.end(), given.begin(), given.end());
    } else {
      keys.push_back(given);
    }
    return std::nullopt;
  });
  if (error) return tl::unexpected<Json>(*error);
  return missing_of(keys, frame);
}

Outcome Evaluator::missing_some(const Rule& rule, const Frame& frame) {
  if (!rule.listed || rule.arguments.size() < 2) return invalid_arguments();
  const auto needed = run(rule.arguments[0], frame);
  if (!needed) return needed;
  const auto keys = run(rule.arguments[1], frame);
  if (!keys) return keys;
  const auto least = to_number(needed->get());
  if (!least || !keys->get().is_array()) return invalid_arguments();
  auto absent = missing_of(keys->get(), frame);
  if (!absent) return absent;
  const auto present = keys->get().size() - absent->get().size();
  if (static_cast<double>(present) >= least->as_double()) return Value(Json::array());
  return absent;
}

Outcome Evaluator::missing_of(const Json& keys, const Frame& frame) {
  Json absent = Json::array();
  for (const Json& key : keys) {
    if (!afford_steps(1) || !afford_copy(key)) return too_much();
    const auto path = dotted_path(key);
    if (!path) return invalid_arguments();
    const auto found = find(*path, frame);
    if (!found || found->get().is_null() || found->get() == "") absent.push_back(key);
  }
  if (exhausted_) return too_much();
  return Value(std::move(absent));
}

std::optional<Value> Evaluator::find(const Path& path, const Frame& frame) {
  const Frame* from = &frame;
  for (std::size_t i = 0; i < path.levels_up; ++i) {
    from = from->outer;
    if (from == nullptr) return std::nullopt;
  }
  if (path.steps.empty()) return whole(*from);
  if (!afford_steps(path.steps.size())) return std::nullopt;
  auto found = member(path.steps.front(), *from);
  if (!found || path.steps.size() == 1) return found;
  // Whatever has members is a view of data that lives as long as the frame.
  if (!found->is_view()) return std::nullopt;
  const Json* place = &found->get();
  for (std::size_t i = 1; i < path.steps.size(); ++i) {
    place = follow(*place, path.steps[i]);
    if (place == nullptr) return std::nullopt;
  }
  return Value::view(*place);
}

std::optional<Value> Evaluator::whole(const Frame& frame) {
  switch (frame.kind) {
    case Frame::Kind::kData:
      if (!whole_) {
        whole_ = scope_.whole();
        if (!afford_copy(*whole_)) return std::nullopt;
      }
      return Value::view(*whole_);
    case Frame::Kind::kMember:
      return Value::view(*frame.value);
    case Frame::Kind::kIteration:
      return Value(Json{{"index", frame.index}});
    case Frame::Kind::kReduction:
      if (!afford_copy(*frame.value) || !afford_copy(*frame.accumulator)) return std::nullopt;
      return Value(Json{{"current", *frame.value}, {"accumulator", *frame.accumulator}});
  }
  return std::nullopt;
}

std::optional<Value> Evaluator::member(const PathStep& step, const Frame& frame) const {
  const Json* found = nullptr;
  switch (frame.kind) {
    case Frame::Kind::kData:
      found = scope_.member(step.key);
      break;
    case Frame::Kind::kMember:
      found = follow(*frame.value, step);
      break;
    case Frame::Kind::kIteration:
      if (step.key == "index") return Value(frame.index);
      if (step.key == "iterator") found = frame.value;
      break;
    case Frame::Kind::kReduction:
      if (step.key == "current") found = frame.value;
      if (step.key == "accumulator") found = frame.accumulator;
      break;
  }
  if (found == nullptr) return std::nullopt;
  return Value::view(*found);
}

}  // namespace mingjian::guard
