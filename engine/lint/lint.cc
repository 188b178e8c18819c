#include "engine/lint/lint.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/lint/due_process.h"
#include "engine/lint/guards.h"
#include "engine/lint/office.h"
#include "engine/lint/property.h"
#include "engine/lint/reachability.h"
#include "engine/lint/shadowed.h"
#include "engine/lint/state_graph.h"

namespace mingjian::lint {
namespace {

void append(std::vector<Finding>& all, std::vector<Finding> more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// The properties of a list in a text, or findings that say why it cannot be read.
std::vector<Property> properties_in(const Result<OrderedJson>& root, const char* key,
                                    const Definition& definition, const Register& known,
                                    Names names, std::vector<Finding>& findings) {
  if (!root) {
    findings.push_back(
        {"bad_property", Severity::kError, root.error().message, root.error().pointer});
    return {};
  }
  const auto list = root->find(key);
  if (list == root->end()) return {};
  auto properties = read_properties(*list, definition, known, names, std::string("/") + key);
  if (properties) return std::move(*properties);
  for (Error& error : properties.error()) {
    findings.push_back(
        {"bad_property", Severity::kError, std::move(error.message), std::move(error.pointer)});
  }
  return {};
}

std::vector<guard::Expression> conditions_of(const std::vector<Property>& properties) {
  std::vector<guard::Expression> conditions;
  for (const Property& property : properties) {
    if (const auto* end = std::get_if<AtTheEnd>(&property.what))
      conditions.push_back(end->condition);
  }
  return conditions;
}

}  // namespace

std::vector<Finding> lint(const Definition& definition, const Register& known,
                          const LintOptions& options) {
  std::vector<Finding> findings = check_guards(definition);
  append(findings, check_shadowed(definition));
  auto properties = properties_in(parse_ordered_json(definition.source(), kDefinitionLimits),
                                  "properties", definition, known, Names::kOwn, findings);
  if (!known.requirements.empty()) {
    auto required = properties_in(parse_ordered_json(known.requirements), "requirements",
                                  definition, known, Names::kForeign, findings);
    std::move(required.begin(), required.end(), std::back_inserter(properties));
  }
  const StateGraph graph = explore(definition, conditions_of(properties));
  append(findings, check_coming_to_rest(definition, graph));
  if (!graph.complete) {
    findings.push_back({"too_large",
                        Severity::kWarning,
                        {"案件可能到达的情形太多，没有全部检查；以下结论只对已检查的部分成立",
                         "there is too much that can happen to check all of it; what follows holds "
                         "for the part that was checked"},
                        ""});
  } else {
    append(findings, check_reachability(definition, graph));
    append(findings, check_ending(definition, graph));
    if (options.staff != nullptr) append(findings, check_office(definition, graph, *options.staff));
  }
  append(findings, check_properties(definition, properties, graph));
  return findings;
}

bool has_errors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
}

}  // namespace mingjian::lint
