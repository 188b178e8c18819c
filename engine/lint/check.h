#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/lint/lint.h"

namespace mingjian::lint {

// What every definition passes before cases may run on it.
struct Checked {
  std::optional<Definition> definition;  // nothing where a finding is an error
  std::vector<Finding> findings;
};

// Loads a definition and lints it. What load_definition refuses is found as "invalid_definition".
[[nodiscard]] Checked check(std::string source, const Form& schema, const Register& known,
                            const LintOptions& options = {});

}  // namespace mingjian::lint
