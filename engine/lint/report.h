#pragma once

#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/lint/finding.h"

// What was found, for people and for other programs.
namespace mingjian::lint {

// A file that was looked at.
struct Report {
  std::string file;
  std::string source;  // its text, for the lines
  std::vector<Finding> findings;
};

// "file:line:column: error: 中文 / English [check]", the rules, and the path a line each.
[[nodiscard]] std::string to_text(const Report& report);

// {"file", "findings": [{"check", "severity", "message", "pointer", "line", "column", "rules",
// "path", "approximate"}]}
[[nodiscard]] Json to_json(const Report& report);

// SARIF 2.1.0 (OASIS), as code hosts and editors read it.
[[nodiscard]] Json to_sarif(const std::vector<Report>& reports);

}  // namespace mingjian::lint
