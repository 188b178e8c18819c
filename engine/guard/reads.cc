#include <algorithm>

#include "engine/guard/rule.h"

namespace mingjian::guard {
namespace {

bool begins_with(const Path& path, std::string_view member) {
  return path.steps.empty() || path.steps.front().key == member;
}

bool names(const Json& key, std::string_view member) {
  if (key.is_array()) {
    return std::any_of(key.begin(), key.end(), [&](const Json& k) { return names(k, member); });
  }
  const auto path = dotted_path(key);
  return path && begins_with(*path, member);
}

// `inside`: whether the rule runs in the body of an iteration or as the handler of a `try`.
bool may_read(const Rule& rule, std::string_view member, bool inside);

// Whether the operator itself reads it, apart from its arguments.
bool reads_itself(const Rule& rule, std::string_view member, bool inside) {
  switch (rule.operation) {
    case Operator::kVariable:
    case Operator::kValue:
    case Operator::kExists:
      if (!rule.fixed_path) return !inside || rule.operation != Operator::kVariable;
      return (!inside || rule.path.levels_up > 0) && begins_with(rule.path, member);
    case Operator::kMissing:
    case Operator::kMissingSome:
      return !inside &&
             std::any_of(rule.arguments.begin(), rule.arguments.end(), [&](const Rule& argument) {
               return argument.operation != Operator::kLiteral || names(argument.literal, member);
             });
    default:
      return false;
  }
}

bool may_read(const Rule& rule, std::string_view member, bool inside) {
  if (reads_itself(rule, member, inside)) return true;
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    const bool own_frame = inside || has_own_frame(rule.operation, i);
    if (may_read(rule.arguments[i], member, own_frame)) return true;
  }
  return false;
}

// Adds the second step of a path below `member`; false where the path is all of the member.
bool add_field(const Path& path, std::string_view member, std::vector<std::string>& fields) {
  if (!begins_with(path, member)) return true;
  if (path.steps.size() < 2) return false;
  fields.push_back(path.steps[1].key);
  return true;
}

bool add_fields_of_key(const Json& key, std::string_view member, std::vector<std::string>& fields) {
  if (key.is_array()) {
    return std::all_of(key.begin(), key.end(),
                       [&](const Json& k) { return add_fields_of_key(k, member, fields); });
  }
  const auto path = dotted_path(key);
  return path && add_field(*path, member, fields);
}

// False where it cannot be told which fields are read.
bool add_fields(const Rule& rule, std::string_view member, bool inside,
                std::vector<std::string>& fields) {
  if (reads_itself(rule, member, inside)) {
    const bool by_keys =
        rule.operation == Operator::kMissing || rule.operation == Operator::kMissingSome;
    const auto add = [&](const Rule& argument) {
      return argument.operation == Operator::kLiteral &&
             (argument.literal.is_number() || add_fields_of_key(argument.literal, member, fields));
    };
    const bool told = by_keys ? std::all_of(rule.arguments.begin(), rule.arguments.end(), add)
                              : rule.fixed_path && !inside && add_field(rule.path, member, fields);
    if (!told) return false;
  }
  for (std::size_t i = 0; i < rule.arguments.size(); ++i) {
    const bool own_frame = inside || has_own_frame(rule.operation, i);
    if (!add_fields(rule.arguments[i], member, own_frame, fields)) return false;
  }
  return true;
}

}  // namespace

bool may_read(const Rule& rule, std::string_view member) { return may_read(rule, member, false); }

std::optional<std::vector<std::string>> fields_read(const Rule& rule, std::string_view member) {
  std::vector<std::string> fields;
  if (!add_fields(rule, member, false, fields)) return std::nullopt;
  return fields;
}

}  // namespace mingjian::guard
