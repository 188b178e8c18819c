#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"
#include "engine/guard/explainer.h"
#include "engine/guard/inference.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {
namespace {

constexpr std::size_t kLongestValue = 60;
constexpr std::size_t kLongestName = 100;

Text short_quote(const Text& name) {
  return quoted({shortened(name.zh, kLongestName), shortened(name.en, kLongestName)});
}

bool is_arithmetic(Operator operation) {
  return operation >= Operator::kAdd && operation <= Operator::kRemainder;
}

bool reads_path(const Rule& rule, std::string_view path) {
  return rule.operation == Operator::kVariable && rule.fixed_path && dotted(rule.path) == path;
}

// {"reduce": [list, {"+": [accumulator, 1]}, 0]}, which is how JsonLogic counts.
bool counts(const Rule& rule) {
  if (rule.operation != Operator::kReduce || rule.arguments.size() != 3) return false;
  const Rule& step = rule.arguments[1];
  if (step.operation != Operator::kAdd || step.arguments.size() != 2) return false;
  const auto is_one = [](const Rule& r) {
    return r.operation == Operator::kLiteral && r.literal == 1;
  };
  const Rule& first = step.arguments[0];
  const Rule& second = step.arguments[1];
  return (reads_path(first, "accumulator") && is_one(second)) ||
         (is_one(first) && reads_path(second, "accumulator"));
}

}  // namespace

Type Explainer::type_of(const Rule& rule, const Place& place) {
  return Inference(nullptr).infer(rule, place.types, "");
}

Text Explainer::name(const Rule& rule, const Place& place) const {
  if (rule.fixed_path) {
    const std::string path = dotted(rule.path);
    if (path.empty()) return {"该项", "the entry"};
    const auto type = locate(rule.path, place.types);
    return short_quote(title_of(type.value_or(Type{}), path));
  }
  if (rule.operation == Operator::kLiteral) return value(rule.literal, {});
  if (is_arithmetic(rule.operation) && rule.arguments.size() == 2) {
    const Text left = name(rule.arguments[0], place);
    const Text right = name(rule.arguments[1], place);
    const std::string sign = " " + std::string(rule.name) + " ";
    return joined({left, right}, {sign, sign});
  }
  const bool has_list = !rule.arguments.empty();
  if (counts(rule)) {
    const Text list = name(rule.arguments[0], place);
    const bool filtered = rule.arguments[0].operation == Operator::kFilter;
    return {list.zh + (filtered ? "项数" : "的项数"), "the number of " + list.en};
  }
  if (rule.operation == Operator::kFilter && has_list) {
    const Text list = name(rule.arguments[0], place);
    return {list.zh + "中符合条件的", "entries of " + list.en + " that qualify"};
  }
  const std::string operation(rule.name.empty() ? "[]" : rule.name);
  return {"“" + operation + "”的结果", "the result of \"" + operation + "\""};
}

Text Explainer::key_name(const Json& key, const Place& place) {
  const auto path = dotted_path(key);
  if (!path) return {"?", "?"};
  const auto type = locate(*path, place.types);
  return short_quote(title_of(type.value_or(Type{}), dotted(*path)));
}

Text Explainer::value(const Json& value, const Type& type) const {
  constexpr std::size_t kMostListed = 6;
  if (value.is_null()) return {"空", "empty"};
  if (value.is_boolean()) return value.get<bool>() ? Text{"“是”", "yes"} : Text{"“否”", "no"};
  if (value.is_number()) return {to_text(value), to_text(value)};
  if (value.is_object()) return {"一项内容", "an object"};
  if (value.is_array()) {
    Reasons shown;
    const Type item = item_of(type);
    for (const Json& member : value) {
      if (shown.size() == kMostListed) {
        const std::string all = std::to_string(value.size());
        shown.push_back({"等 " + all + " 项", "... (" + all + " in all)"});
        break;
      }
      shown.push_back(this->value(member, item));
    }
    if (shown.empty()) return {"空", "empty"};
    return joined(shown, {"、", ", "});
  }
  const std::string text = shortened(value.get_ref<const std::string&>(), kLongestValue);
  if (const Text title = code_title(value, type); !title.zh.empty()) {
    return {title.zh + "（" + text + "）", title.en + " (" + text + ")"};
  }
  if (!format_of(type).empty()) return {text, text};
  return quoted({text, text});
}

Text Explainer::code_title(const Json& value, const Type& type) const {
  if (type.schema == nullptr || !wording_.code_title) return {};
  const auto tables = type.schema->find("code");
  if (tables == type.schema->end()) return {};
  const auto& code = value.get_ref<const std::string&>();
  const auto in = [&](const Json& table) {
    return table.is_string() ? wording_.code_title(table.get<std::string>(), code) : Text{};
  };
  if (!tables->is_array()) return in(*tables);
  for (const Json& table : *tables) {
    if (const Text title = in(table); !title.zh.empty()) return title;
  }
  return {};
}

Text Explainer::present(const Rule& rule, const Json& now, const Type& type) const {
  if (!now.is_null()) {
    const Text shown = value(now, type);
    return {followed("现为", shown.zh), "is " + shown.en};
  }
  const bool asked = rule.fixed_path && !rule.path.steps.empty() &&
                     rule.path.steps.front().key != "case" &&
                     rule.path.steps.front().key != "actor";
  return asked ? Text{"尚未填写", "is not filled in"} : Text{"现在没有", "there is none"};
}

}  // namespace mingjian::guard
