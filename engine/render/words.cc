#include "engine/render/words.h"

#include <map>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"

namespace mingjian::render {
namespace {

Text unit_title(const std::string& unit) {
  static const std::map<std::string, Text> kUnits = {{"hour", {"小时", "hour"}},
                                                     {"day", {"日", "day"}},
                                                     {"working_day", {"个工作日", "working day"}},
                                                     {"month", {"个月", "month"}},
                                                     {"year", {"年", "year"}}};
  const auto found = kUnits.find(unit);
  return found == kUnits.end() ? Text{unit, unit} : found->second;
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (at > 0) text += between;
    text += parts[at];
  }
  return text;
}

std::string role_title(const Role& role, Language language) {
  const std::string title = in_language(role::title(role), language);
  return title.empty() ? role.value() : title;
}

std::string role_titles(const std::vector<Role>& roles, Language language) {
  std::vector<std::string> titles;
  for (const Role& role : roles) titles.push_back(role_title(role, language));
  return joined(titles, in_language({"、", ", "}, language));
}

std::string signers(const ApprovalStep& step, Language language) {
  return in_language(title_of_signers(step.signing, step.roles), language);
}

std::string signers(const std::vector<ApprovalStep>& steps, Language language) {
  std::vector<std::string> titles;
  for (const ApprovalStep& step : steps) titles.push_back(signers(step, language));
  return joined(titles, " → ");
}

std::string duration(const TimeLimit& limit, Language language) {
  const std::string amount = std::to_string(limit.amount);
  const Text unit = unit_title(limit.unit);
  if (language == Language::kChinese) return amount + " " + unit.zh;
  return amount + " " + unit.en + (limit.amount == 1 ? "" : "s");
}

std::string duration_from(const TimeLimit& limit, Language language) {
  const std::string& from = in_language(limit.from, language);
  if (from.empty()) return duration(limit, language);
  return language == Language::kChinese ? duration(limit, language) + "（自" + from + "起）"
                                        : duration(limit, language) + " from " + from;
}

Text delay_words(std::int64_t milliseconds) {
  struct Unit {
    std::int64_t milliseconds;
    Text title;
  };
  static const std::vector<Unit> kUnits = {{86'400'000, {"天", "day"}},
                                           {3'600'000, {"小时", "hour"}},
                                           {60'000, {"分", "minute"}},
                                           {1000, {"秒", "second"}},
                                           {1, {"毫秒", "millisecond"}}};
  Text words;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = milliseconds / unit.milliseconds;
    milliseconds %= unit.milliseconds;
    if (count == 0) continue;
    const std::string space = words.zh.empty() ? "" : " ";
    words.zh += space + std::to_string(count) + " " + unit.title.zh;
    words.en += space + std::to_string(count) + " " + unit.title.en + (count == 1 ? "" : "s");
  }
  return words.zh.empty() ? Text{"0 秒", "0 seconds"} : words;
}

std::string citation(const Rule& rule, Language language) {
  if (rule.article.empty()) return rule.instrument;
  // Anything but numbers is named as it stands: "annex 2".
  const bool numbered = rule.article.find_first_not_of("0123456789()-, ivx") == std::string::npos;
  if (!numbered) return rule.instrument + " " + rule.article;
  return language == Language::kChinese ? rule.instrument + "第 " + rule.article + " 条"
                                        : rule.instrument + ", art. " + rule.article;
}

std::string one_line(const OrderedJson& json) {
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace mingjian::render
