#include <nlohmann/json.hpp>

#include "engine/base/instant.h"
#include "engine/guard/inference.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {
namespace {

bool is_strict(Operator operation) {
  return operation == Operator::kStrictlyEqual || operation == Operator::kStrictlyNotEqual;
}

bool asks_equality(Operator operation) {
  return is_strict(operation) || operation == Operator::kEqual || operation == Operator::kNotEqual;
}

bool only(Kinds kinds, Kinds these) { return kinds != 0 && (kinds & ~these) == 0; }

// Whether values of the two types can be compared; null can be with all.
bool comparable(Operator operation, Kinds left, Kinds right) {
  left &= ~kNulls;
  right &= ~kNulls;
  if (left == 0 || right == 0) return true;
  const Kinds common = left & right;
  return (is_strict(operation) ? common : common & ~kStructured) != 0;
}

bool is_scalar_literal(const Rule& rule) {
  return rule.operation == Operator::kLiteral && !rule.literal.is_structured() &&
         !rule.literal.is_null();
}

}  // namespace

Type Inference::compare(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const auto all = operands(rule, frame, pointer);
  const std::string place = pointer + pointer_part(rule.name);
  for (std::size_t i = 1; i < all.size(); ++i) check_pair(rule, all[i - 1], all[i], place);
  return truth();
}

void Inference::check_pair(const Rule& rule, const Operand& left, const Operand& right,
                           const std::string& pointer) {
  if (!finds()) return;
  if (!comparable(rule.operation, left.type.kinds, right.type.kinds)) {
    const std::string name(rule.name);
    const Text a = operand_in_words(*left.rule, left.type);
    const Text b = operand_in_words(*right.rule, right.type);
    const bool alike = (left.type.kinds & right.type.kinds & kStructured) != 0;
    add(pointer,
        alike ? Text{a.zh + " 与 " + b.zh + " 不能用 " + name + " 比较：列表和对象只能用 === 比较",
                     a.en + " and " + b.en + " cannot be compared with " + name +
                         ": of lists and objects only === can be asked"}
              : Text{a.zh + " 与 " + b.zh + " 类型不同，不能用 " + name + " 比较",
                     a.en + " and " + b.en + " are of unlike types and cannot be compared with " +
                         name});
    return;
  }
  const auto check_against = [&](const Operand& literal, const Operand& field) {
    if (!is_scalar_literal(*literal.rule) || field.rule->operation == Operator::kLiteral) return;
    // What lies before or after a list of values is no question of being in it.
    if (!asks_equality(rule.operation) && format_of(field.type).empty()) return;
    check_value(literal.rule->literal, literal.pointer, field.type,
                operand_in_words(*field.rule, field.type));
  };
  check_against(left, right);
  check_against(right, left);
}

void Inference::check_value(const Json& value, const std::string& pointer, const Type& allowed,
                            const Text& name) {
  const std::string shown = shortened(value.dump(), 40);
  if ((kind_of(value) & allowed.kinds) == 0) {
    const Text kind = kinds_in_words(kind_of(value));
    add(pointer, {shown + "（" + kind.zh + "）不可能是 " + name.zh + " 的值",
                  shown + " (" + kind.en + ") cannot be a value of " + name.en});
    return;
  }
  if (!lists(allowed, value)) {
    const std::string hint = likely_value(value, allowed);
    add(pointer,
        {shown + " 不是 " + name.zh + " 的允许值" + (hint.empty() ? "" : "；是不是 " + hint + "？"),
         shown + " is not a value that " + name.en + " can have" +
             (hint.empty() ? "" : "; did you mean " + hint + "?")});
    return;
  }
  if (!value.is_string()) return;
  const auto& text = value.get_ref<const std::string&>();
  const std::string format = format_of(allowed);
  const bool wrong =
      (format == "date" && !is_full_date(text)) || (format == "date-time" && !parse_rfc3339(text));
  if (!wrong) return;
  const bool date = format == "date";
  add(pointer, {shown + (date ? " 不是日期（YYYY-MM-DD），" : " 不是时间（RFC 3339），") +
                    "不能与 " + name.zh + " 比较",
                shown + (date ? " is no date (YYYY-MM-DD)" : " is no time (RFC 3339)") +
                    " and cannot be compared with " + name.en});
}

// The truth of a condition may be counted (true is 1), but a field that is yes or no is no number.
Type Inference::calculate(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const bool extreme = rule.operation == Operator::kMaximum || rule.operation == Operator::kMinimum;
  const bool converts = rule.operation == Operator::kAdd && rule.arguments.size() == 1;
  for (const Operand& one : operands(rule, frame, pointer)) {
    const bool spread = !rule.listed && (one.type.kinds & kLists) != 0;
    const Kinds kinds = (spread ? item_of(one.type) : one.type).kinds & ~kNulls;
    const bool given = one.rule->operation == Operator::kLiteral || one.rule->fixed_path;
    Kinds allowed = kNumbers;
    if (converts) allowed |= kTexts;  // {"+": "3"} makes a number of a text
    if (!given && !extreme) allowed |= kBooleans;
    if (!finds() || kinds == 0 || (kinds & allowed) != 0) continue;
    const Text name = operand_in_words(*one.rule, one.type);
    add(one.pointer,
        {name.zh + " 不是数字，不能用 " + std::string(rule.name) + " 计算",
         name.en + " is not a number and cannot be used with " + std::string(rule.name)});
  }
  return {kNumbers, nullptr, {}};
}

Type Inference::contains(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const auto all = operands(rule, frame, pointer);
  if (!finds() || !rule.listed || all.size() < 2) return truth();
  const Operand& sought = all[0];
  const Operand& place = all[1];
  const Text what = operand_in_words(*sought.rule, sought.type);
  const Text where = operand_in_words(*place.rule, place.type);
  const Kinds sought_kinds = sought.type.kinds & ~kNulls;
  const Kinds place_kinds = place.type.kinds & ~kNulls;
  if (place_kinds == 0 || sought_kinds == 0) return truth();
  if ((place_kinds & (kLists | kTexts)) == 0) {
    add(place.pointer, {"in 只能在列表或者文本中查找，而 " + where.zh + " 不是",
                        "\"in\" looks into a list or a text, and " + where.en + " is neither"});
  } else if (only(place_kinds, kTexts) && only(sought_kinds, kStructured)) {
    add(sought.pointer, {what.zh + " 不可能出现在文本 " + where.zh + " 之中",
                         what.en + " cannot be found in the text " + where.en});
  } else if (only(place_kinds, kLists)) {
    check_membership(sought, place);
  }
  return truth();
}

void Inference::check_membership(const Operand& sought, const Operand& place) {
  const Type item = item_of(place.type);
  const Text what = operand_in_words(*sought.rule, sought.type);
  const Text where = operand_in_words(*place.rule, place.type);
  if (place.rule->operation == Operator::kLiteral) {
    if (sought.rule->operation == Operator::kLiteral) return;
    const Json& values = place.rule->literal;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i].is_structured() || values[i].is_null()) continue;
      check_value(values[i], pointer_of(*place.rule, place.pointer, i), sought.type, what);
    }
  } else if (is_scalar_literal(*sought.rule)) {
    check_value(sought.rule->literal, sought.pointer, item, where);
  } else if (!comparable(Operator::kStrictlyEqual, sought.type.kinds, item.kinds)) {
    add(sought.pointer, {what.zh + " 不可能出现在列表 " + where.zh + " 之中",
                         what.en + " cannot be found in the list " + where.en});
  }
}

}  // namespace mingjian::guard
