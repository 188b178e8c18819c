#pragma once

#include <vector>

#include "engine/definition/definition.h"
#include "engine/lint/enough_people.h"
#include "engine/lint/finding.h"

namespace mingjian::lint {

struct LintOptions {
  // The people of the office; nullptr: there may be any.
  const Staff* staff = nullptr;
};

// Proves what can be proved of a definition that was loaded, and says what does not hold. Findings
// stand in the order of the checks; see README.md in this folder for each check.
[[nodiscard]] std::vector<Finding> lint(const Definition& definition, const Register& known,
                                        const LintOptions& options);

// Whether a finding is an error, for which a definition is refused.
[[nodiscard]] bool has_errors(const std::vector<Finding>& findings);

}  // namespace mingjian::lint
