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
  for (const std::string& part : parts) {
    if (!text.empty()) text += between;
    text += part;
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

std::string signers(const std::vector<ApprovalStep>& steps, Language language) {
  std::vector<std::string> titles;
  for (const ApprovalStep& step : steps) titles.push_back(role_title(step.role, language));
  return joined(titles, " → ");
}

std::string duration(const TimeLimit& limit, Language language) {
  const std::string amount = std::to_string(limit.amount);
  const Text unit = unit_title(limit.unit);
  if (language == Language::kChinese) return amount + " " + unit.zh;
  return amount + " " + unit.en + (limit.amount == 1 ? "" : "s");
}

std::string one_line(const OrderedJson& json) {
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace mingjian::render
