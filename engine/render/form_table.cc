#include "engine/render/form_table.h"

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/render/markdown.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string member_text(const OrderedJson& schema, const char* key) {
  const auto found = schema.find(key);
  return found != schema.end() && found->is_string() ? found->get<std::string>() : "";
}

// A title is {zh, en}, or one text for both.
std::string title_of(const OrderedJson& schema, const std::string& name, Language language) {
  const auto found = schema.find("title");
  if (found == schema.end()) return name;
  const std::string title = found->is_object()
                                ? member_text(*found, std::string(language_tag(language)).c_str())
                                : member_text(schema, "title");
  return title.empty() ? name : title;
}

std::vector<std::string> tables_of(const OrderedJson& schema) {
  const auto found = schema.find("code");
  if (found == schema.end()) return {};
  if (found->is_string()) return {found->get<std::string>()};
  return found->get<std::vector<std::string>>();
}

const Code* find_code(const std::vector<Code>& table, const OrderedJson& value) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Code& code) { return value == code.code; });
  return found == table.end() ? nullptr : &*found;
}

// The values that a field can have, with their titles where all are codes of one table.
Text values_words(const OrderedJson& values, const Register& known) {
  const auto holds_all = [&](const auto& table) {
    return std::all_of(values.begin(), values.end(), [&](const OrderedJson& value) {
      return find_code(table.second, value) != nullptr;
    });
  };
  const auto table = std::find_if(known.codes.begin(), known.codes.end(), holds_all);
  std::vector<std::string> zh;
  std::vector<std::string> en;
  for (const OrderedJson& value : values) {
    const std::string text = markdown_escaped(one_line(value));
    const Code* const code = table == known.codes.end() ? nullptr : find_code(table->second, value);
    zh.push_back(code == nullptr ? text : markdown_escaped(code->title.zh));
    en.push_back(code == nullptr ? text : markdown_escaped(code->title.en));
  }
  return {"取值：" + joined(zh, "、"), "one of: " + joined(en, ", ")};
}

Text type_words(const OrderedJson& schema, const Register& known) {
  const std::string type = member_text(schema, "type");
  if (schema.contains("const")) {
    if (schema["const"] == true) return {"须确认", "to be confirmed"};
    const std::string value = markdown_escaped(one_line(schema["const"]));
    return {"固定为 " + value, "always " + value};
  }
  if (schema.contains("code")) {
    std::vector<std::string> names;
    for (const std::string& table : tables_of(schema)) names.push_back("`" + table + "`");
    return {"从代码表 " + joined(names, "、") + " 选择", "a code of " + joined(names, ", ")};
  }
  if (schema.contains("enum")) return values_words(schema["enum"], known);
  if (type == "boolean") return {"是或否", "yes or no"};
  if (type == "integer") return {"整数", "whole number"};
  if (type == "number") return {"数字", "number"};
  if (type == "array") return {"可填多项", "list"};
  if (type == "object") return {"", ""};
  if (member_text(schema, "format") == "date") return {"日期", "date"};
  return {"文字", "text"};
}

// What limits the value, beside its type.
std::vector<std::string> limits(const OrderedJson& schema, Language language) {
  struct Limit {
    const char* keyword;
    Text before;
    Text after;
  };
  static const std::vector<Limit> kLimits = {
      {"maxLength", {"至多 ", "at most "}, {" 字", " characters"}},
      {"minimum", {"不小于 ", "at least "}, {"", ""}},
      {"maximum", {"不大于 ", "at most "}, {"", ""}},
      {"minItems", {"至少 ", "at least "}, {" 项", " entries"}},
      {"maxItems", {"至多 ", "at most "}, {" 项", " entries"}}};
  std::vector<std::string> words;
  for (const Limit& limit : kLimits) {
    if (schema.contains(limit.keyword))
      words.push_back(in_language(limit.before, language) + one_line(schema[limit.keyword]) +
                      in_language(limit.after, language));
  }
  return words;
}

std::string expected(const OrderedJson& schema, const Register& known, Language language) {
  std::vector<std::string> parts = limits(schema, language);
  const std::string type = in_language(type_words(schema, known), language);
  if (!type.empty()) parts.insert(parts.begin(), type);
  return joined(parts, in_language({"，", ", "}, language));
}

void add_fields(const OrderedJson& schema, const std::string& above, const Register& known,
                Language language, Rows& rows) {
  if (!schema.contains("properties")) return;
  const OrderedJson required = schema.value("required", OrderedJson::array());
  for (const auto& [name, field] : schema["properties"].items()) {
    const bool needed = std::find(required.begin(), required.end(), name) != required.end();
    const std::string title = above + markdown_escaped(title_of(field, name, language));
    const bool of_codes = field.contains("items") && field["items"].contains("code");
    const OrderedJson& type = of_codes ? field["items"] : field;
    std::string words = expected(type, known, language);
    if (of_codes) words += in_language({"，可填多项", ", list"}, language);
    rows.push_back({title, needed ? in_language({"是", "yes"}, language) : "", words});
    add_fields(field, title + " / ", known, language, rows);
    if (field.contains("items")) add_fields(field["items"], title + " / ", known, language, rows);
  }
}

}  // namespace

std::string form_table(const OrderedJson& schema, const Register& known, Language language) {
  Rows rows;
  add_fields(schema, "", known, language, rows);
  if (rows.empty()) return {};
  return markdown_table(
      {in_language({"填写项目", "field"}, language), in_language({"必填", "required"}, language),
       in_language({"要求", "expected"}, language)},
      rows);
}

void add_code_tables(const OrderedJson& schema, std::set<std::string>& names) {
  if (!schema.is_object()) return;
  for (const std::string& table : tables_of(schema)) names.insert(table);
  if (schema.contains("properties")) {
    for (const OrderedJson& field : schema["properties"]) add_code_tables(field, names);
  }
  if (schema.contains("items")) add_code_tables(schema["items"], names);
}

}  // namespace mingjian::render
