#include <nlohmann/json.hpp>

#include "engine/guard/inference.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {

Type Inference::at_path(const Path& path, const TypeFrame& frame, const std::string& pointer) {
  const auto type = locate(path, frame);
  if (type) return *type;
  if (finds()) add(pointer, no_such_field(path, frame));
  return {kNulls, nullptr, {}};
}

Type Inference::variable(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  Type type;
  if (rule.fixed_path) {
    type =
        at_path(rule.path, frame, rule.arguments.empty() ? pointer : pointer_of(rule, pointer, 0));
  } else {
    infer(rule.arguments.front(), frame, pointer_of(rule, pointer, 0));
  }
  if (!rule.listed || rule.arguments.size() < 2) return type;
  return unite(type, infer(rule.arguments[1], frame, pointer_of(rule, pointer, 1)));
}

Type Inference::value(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  Type type;
  if (rule.fixed_path) {
    type = at_path(rule.path, frame, pointer);
  } else {
    operands(rule, frame, pointer);
  }
  return rule.operation == Operator::kExists ? Type{kBooleans, nullptr, {}} : type;
}

Type Inference::missing(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const std::size_t first = rule.operation == Operator::kMissingSome ? 1 : 0;
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    const std::string place = pointer_of(rule, pointer, i);
    if (i >= first && rule.arguments[i].operation == Operator::kLiteral) {
      check_keys(rule.arguments[i], frame, place);
    } else {
      infer(rule.arguments[i], frame, place);
    }
  }
  return list_of({kAnything, nullptr, {}});
}

// A key that is never there makes `missing` true for ever.
void Inference::check_keys(const Rule& keys, const TypeFrame& frame, const std::string& pointer) {
  if (!keys.literal.is_array()) {
    if (const auto path = dotted_path(keys.literal)) at_path(*path, frame, pointer);
    return;
  }
  for (std::size_t i = 0; i < keys.literal.size(); ++i) {
    const auto path = dotted_path(keys.literal[i]);
    if (path) at_path(*path, frame, pointer_of(keys, pointer, i));
  }
}

}  // namespace mingjian::guard
