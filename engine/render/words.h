#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/language.h"
#include "engine/definition/definition.h"

// How what a definition says is put in words.
namespace mingjian::render {

[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view between);

// "承办人" or "inspector".
[[nodiscard]] std::string role_title(const Role& role, Language language);

// The titles of the roles: "承办人、审理人员" or "inspector, trial officer".
[[nodiscard]] std::string role_titles(const std::vector<Role>& roles, Language language);

// Who signs: "主要负责人", "分管负责人或主要负责人" where one of them does, "和" where each does.
[[nodiscard]] std::string signers(const ApprovalStep& step, Language language);
// The steps in order: "主要负责人 → 同级党委"; empty where nobody must.
[[nodiscard]] std::string signers(const std::vector<ApprovalStep>& steps, Language language);

// How long: "5 个工作日" or "5 working days".
[[nodiscard]] std::string duration(const TimeLimit& limit, Language language);

// "5 个工作日（自收到材料之日起）" or "5 working days from receipt".
[[nodiscard]] std::string duration_from(const TimeLimit& limit, Language language);

// How long a delay of `after` is, by its largest units: "1 天 2 小时" and "1 day 2 hours".
// Requires milliseconds >= 0.
[[nodiscard]] Text delay_words(std::int64_t milliseconds);

// Where the rule stands: the instrument and the article, as published.
[[nodiscard]] std::string citation(const Rule& rule, Language language);

// The JSON in one line, with what is no UTF-8 replaced.
[[nodiscard]] std::string one_line(const OrderedJson& json);

}  // namespace mingjian::render
