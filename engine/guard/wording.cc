#include "engine/guard/wording.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian::guard {
namespace {

constexpr std::size_t kLongestLiteral = 40;
constexpr std::size_t kLongestName = 200;

Text with_remark(const Text& name, const Text& remark) {
  return {name.zh + "（" + remark.zh + "）", name.en + " (" + remark.en + ")"};
}

}  // namespace

std::string shortened(std::string_view text, std::size_t characters) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool starts = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts && count++ == characters) return std::string(text.substr(0, at)) + "…";
  }
  return std::string(text);
}

std::string followed(const std::string& first, const std::string& second) {
  const bool ascii = !second.empty() && static_cast<unsigned char>(second.front()) < 0x80;
  return first + (ascii ? " " : "") + second;
}

Text title_of(const Type& type, const std::string& path) {
  if (type.schema == nullptr || !type.schema->is_object()) return {path, path};
  const auto title = type.schema->find("title");
  if (title == type.schema->end() || !title->is_object()) return {path, path};
  const auto in = [&](const char* language) {
    const auto found = title->find(language);
    return found != title->end() && found->is_string() ? found->get<std::string>() : path;
  };
  return {in("zh"), in("en")};
}

Text kinds_in_words(Kinds kinds) {
  struct Entry {
    Kinds kind;
    const char* zh;
    const char* en;
  };
  constexpr std::array<Entry, 5> kWords = {{{kBooleans, "是/否", "yes/no"},
                                            {kNumbers, "数字", "a number"},
                                            {kTexts, "文本", "a text"},
                                            {kLists, "列表", "a list"},
                                            {kObjects, "对象", "an object"}}};
  Text words;
  for (const Entry& entry : kWords) {
    if ((kinds & entry.kind) == 0) continue;
    words.zh += (words.zh.empty() ? "" : "或") + std::string(entry.zh);
    words.en += (words.en.empty() ? "" : " or ") + std::string(entry.en);
  }
  if (words.zh.empty()) return {"空值", "null"};
  return words;
}

Text operand_in_words(const Rule& rule, const Type& type) {
  if (rule.operation == Operator::kLiteral) {
    const std::string text = shortened(rule.literal.dump(), kLongestLiteral);
    return with_remark({text, text}, kinds_in_words(type.kinds));
  }
  if (rule.fixed_path) return field_in_words(dotted(rule.path), type);
  const std::string name(rule.name);
  const Text result =
      name.empty() ? Text{"列表", "the list"} : Text{name + " 的结果", "the result of " + name};
  return with_remark(result, kinds_in_words(type.kinds));
}

Text field_in_words(const std::string& path, const Type& type) {
  const Text kinds = kinds_in_words(type.kinds);
  if (path.empty()) return with_remark({"该项", "the entry"}, kinds);
  const Text title = title_of(type, path);
  if (title == Text{path, path}) return with_remark(title, kinds);
  return with_remark(quoted(title), {path + "，" + kinds.zh, path + ", " + kinds.en});
}

Text no_such_field(const Path& path, const TypeFrame& frame) {
  const std::string name = shortened(dotted(path), kLongestName);
  const std::string likely = likely_path(path, frame);
  return {"没有这个字段：" + name + (likely.empty() ? "" : "；是不是 " + likely + "？"),
          "no such field: " + name + (likely.empty() ? "" : "; did you mean " + likely + "?")};
}

std::string likely_value(const Json& value, const Type& type) {
  const Json* values = values_of(type);
  if (values == nullptr || !value.is_string()) return {};
  std::vector<std::string> texts;
  for (const Json& each : *values) {
    if (each.is_string()) texts.push_back(each.get<std::string>());
  }
  const std::string likely = likely_name(value.get<std::string>(), texts);
  return likely.empty() ? likely : Json(likely).dump();
}

}  // namespace mingjian::guard
