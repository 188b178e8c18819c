#include <algorithm>
#include <utility>

#include "engine/guard/rule.h"

namespace mingjian::guard {
namespace {

// More than a text that came through parse_json can have, and far from the end of the stack.
constexpr std::size_t kDeepest = 128;

class Compiler {
 public:
  explicit Compiler(const StateResolver& resolve_state) : resolve_state_(resolve_state) {}

  Result<Rule> compile(const OrderedJson& source, const std::string& pointer, std::size_t depth) {
    if (depth > kDeepest) {
      return fail(ErrorKind::kInvalidInput,
                  {"规则嵌套超过 " + std::to_string(kDeepest) + " 层",
                   "the rule is nested deeper than " + std::to_string(kDeepest) + " levels"},
                  pointer);
    }
    if (source.is_array()) return list(source, pointer, depth);
    if (source.is_object() && !source.empty()) return operation(source, pointer, depth);
    return literal(Json(source));
  }

 private:
  static Rule literal(Json value) {
    Rule rule;
    rule.literal = std::move(value);
    return rule;
  }

  // A list is a literal as a whole if all of its members are.
  Result<Rule> list(const OrderedJson& source, const std::string& pointer, std::size_t depth) {
    Rule rule;
    rule.operation = Operator::kList;
    if (auto compiled = arguments(source, pointer, depth, rule); !compiled) {
      return tl::unexpected<Error>(std::move(compiled.error()));
    }
    if (!all_literal(rule)) return rule;
    return literal(joined(rule));
  }

  Result<Rule> operation(const OrderedJson& source, const std::string& pointer, std::size_t depth) {
    if (source.size() != 1) {
      return fail(ErrorKind::kInvalidInput,
                  {"运算必须只有一个键，这里有 " + std::to_string(source.size()) + " 个",
                   "an operation has one key; here are " + std::to_string(source.size())},
                  pointer);
    }
    const std::string& name = source.begin().key();
    const OrderedJson& argument = source.begin().value();
    const std::string place = pointer + pointer_part(name);
    const NamedOperator* known = operator_named(name);
    if (known == nullptr || (known->operation == Operator::kInState && !resolve_state_)) {
      return fail(ErrorKind::kInvalidInput,
                  {"未知的运算符：" + name, "there is no operator \"" + name + "\""}, place);
    }
    if (known->operation == Operator::kInState) return in_state(argument, place);

    Rule rule;
    rule.name = known->name;
    rule.listed = argument.is_array();
    if (known->operation == Operator::kPreserve) {
      rule.literal = Json(argument);
      return rule;
    }
    rule.operation = known->operation;
    if (auto compiled = arguments(argument, place, depth, rule); !compiled) {
      return tl::unexpected<Error>(std::move(compiled.error()));
    }
    fix_path(rule);
    return rule;
  }

  Result<void> arguments(const OrderedJson& source, const std::string& pointer, std::size_t depth,
                         Rule& rule) {
    const std::size_t count = source.is_array() ? source.size() : 1;
    rule.arguments.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      auto argument = source.is_array()
                          ? compile(source[i], pointer + pointer_part(std::to_string(i)), depth + 1)
                          : compile(source, pointer, depth + 1);
      if (!argument) return tl::unexpected<Error>(std::move(argument.error()));
      rule.arguments.push_back(*std::move(argument));
    }
    return {};
  }

  Result<Rule> in_state(const OrderedJson& argument, const std::string& pointer) const {
    const OrderedJson& id = argument.is_array() && argument.size() == 1 ? argument[0] : argument;
    if (!id.is_string()) {
      return fail(ErrorKind::kInvalidInput,
                  {"in_state 需要一个状态标识", "in_state takes the id of a state"}, pointer);
    }
    const auto& text = id.get_ref<const std::string&>();
    const auto state = resolve_state_(text);
    if (!state) {
      return fail(ErrorKind::kInvalidInput,
                  {"没有状态：" + text, "there is no state \"" + text + "\""}, pointer);
    }
    Rule rule;
    rule.operation = Operator::kInState;
    rule.name = "in_state";
    rule.state = *state;
    return rule;
  }

  static bool all_literal(const Rule& rule) {
    return std::all_of(rule.arguments.begin(), rule.arguments.end(), [](const Rule& argument) {
      return argument.operation == Operator::kLiteral;
    });
  }

  static Json joined(const Rule& rule) {
    Json values = Json::array();
    for (const Rule& argument : rule.arguments) values.push_back(argument.literal);
    return values;
  }

  static void fix_path(Rule& rule) {
    std::optional<Path> path;
    if (rule.operation == Operator::kVariable) {
      if (rule.arguments.empty()) {
        path = Path{};
      } else if (rule.arguments.front().operation == Operator::kLiteral) {
        path = dotted_path(rule.arguments.front().literal);
      }
    } else if (rule.operation == Operator::kValue || rule.operation == Operator::kExists) {
      if (!all_literal(rule)) return;
      path = listed_path(rule.listed ? joined(rule) : rule.arguments.front().literal);
    }
    if (!path) return;
    rule.path = *std::move(path);
    rule.fixed_path = true;
  }

  const StateResolver& resolve_state_;
};

}  // namespace

std::string pointer_of(const Rule& rule, const std::string& pointer, std::size_t index) {
  std::string place = pointer;
  if (!rule.name.empty()) place += pointer_part(rule.name);
  if (rule.listed) place += "/" + std::to_string(index);
  return place;
}

Result<Rule> compile_rule(const OrderedJson& source, const std::string& pointer,
                          const StateResolver& resolve_state) {
  return Compiler(resolve_state).compile(source, pointer, 0);
}

}  // namespace mingjian::guard
