#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"

namespace mingjian {

// One row of the register of procedural rules (规则登记簿).
struct Rule {
  RuleId id;
  std::string instrument;   // 文件名称, as published
  std::string article;      // 条款; empty where the source has no articles
  std::string requirement;  // in English
  std::string term;         // the terms of the source, in Chinese
  std::string kind;         // approval, time_limit, separation_of_duties, ...
};

using Rules = std::map<RuleId, Rule>;

// Reads the register: CSV (RFC 4180) with a header row. Errors: kInvalidInput naming the line.
[[nodiscard]] Result<Rules> parse_rules(std::string_view csv);

struct Code {
  std::string code;
  Text title;
};

// 代码表: the tables by name, each in its own order.
using CodeTables = std::map<std::string, std::vector<Code>>;

// Reads the code tables: an object whose list-valued members are tables of {"code", "zh", "en"}.
[[nodiscard]] Result<CodeTables> parse_codes(std::string_view json);

// What definitions may refer to.
struct Register {
  Rules rules;
  CodeTables codes;
  // What the rules ask of every definition, as JSON text: see lint/property.h. May be empty.
  std::string requirements = {};
};

}  // namespace mingjian
