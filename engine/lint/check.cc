#include "engine/lint/check.h"

#include <utility>

namespace mingjian::lint {

Checked check(std::string source, const Form& schema, const Register& known,
              const LintOptions& options) {
  auto definition = load_definition(std::move(source), schema, known);
  Checked checked;
  if (!definition) {
    for (Error& error : definition.error()) {
      checked.findings.push_back({"invalid_definition", Severity::kError, std::move(error.message),
                                  std::move(error.pointer)});
    }
    return checked;
  }
  checked.findings = lint(*definition, known, options);
  if (!has_errors(checked.findings)) checked.definition = std::move(*definition);
  return checked;
}

}  // namespace mingjian::lint
