#include <algorithm>

#include "engine/guard/rule.h"

namespace mingjian::guard {
namespace {

bool begins_with(const Path& path, std::string_view member) {
  return path.steps.empty() || path.steps.front().key == member;
}

// Whether the second argument runs on frames of its own, where a plain path is not of the data.
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
    const bool own_frame =
        (has_body(rule.operation) && i == 1) || (rule.operation == Operator::kTry && i > 0);
    if (may_read(rule.arguments[i], member, inside || own_frame)) return true;
  }
  return false;
}

}  // namespace

bool may_read(const Rule& rule, std::string_view member) { return may_read(rule, member, false); }

}  // namespace mingjian::guard
