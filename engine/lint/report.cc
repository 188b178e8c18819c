#include "engine/lint/report.h"

#include <set>

#include <nlohmann/json.hpp>

#include "engine/lint/place.h"

namespace mingjian::lint {
namespace {

std::string level_of(const Finding& finding) {
  return finding.severity == Severity::kError ? "error" : "warning";
}

std::string step_text(const PathStep& step) {
  const std::string title =
      step.title.zh.empty() ? std::string() : step.title.zh + " / " + step.title.en;
  if (step.event.empty()) return title;
  return title.empty() ? step.event : step.event + "  " + title;
}

std::string message_of(const Finding& finding) {
  std::string text = finding.message.zh + " / " + finding.message.en;
  for (const RuleId& rule : finding.rules) text += " [" + rule.value() + "]";
  if (finding.approximate) {
    text += "（路径取决于无法预知的数据 / the path depends on data that cannot be known)";
  }
  return text;
}

Json result_of(const Report& report, const Finding& finding) {
  const Place place = place_of(report.source, finding.pointer);
  Json result = {{"ruleId", finding.check},
                 {"level", level_of(finding)},
                 {"message", {{"text", message_of(finding)}}},
                 {"locations",
                  {{{"physicalLocation",
                     {{"artifactLocation", {{"uri", report.file}}},
                      {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}},
                    {"logicalLocations", {{{"fullyQualifiedName", finding.pointer}}}}}}}};
  if (finding.path.empty()) return result;
  Json locations = Json::array();
  for (const PathStep& step : finding.path) {
    const Place at = place_of(report.source, step.pointer);
    locations.push_back({{"location",
                          {{"message", {{"text", step_text(step)}}},
                           {"physicalLocation",
                            {{"artifactLocation", {{"uri", report.file}}},
                             {"region", {{"startLine", at.line}}}}}}}});
  }
  result["codeFlows"] = {{{"threadFlows", {{{"locations", std::move(locations)}}}}}};
  return result;
}

}  // namespace

std::string to_text(const Report& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    const Place place = place_of(report.source, finding.pointer);
    text += report.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) +
            ": " + level_of(finding) + ": " + message_of(finding) + " (" + finding.check + ")\n";
    if (!finding.pointer.empty()) text += "    " + finding.pointer + "\n";
    if (!finding.path.empty()) text += "    最短路径 shortest path:\n";
    std::size_t number = 0;
    for (const PathStep& step : finding.path)
      text += "      " + std::to_string(++number) + ". " + step_text(step) + "\n";
  }
  return text;
}

Json findings_json(const Report& report) {
  Json findings = Json::array();
  for (const Finding& finding : report.findings) {
    const Place place = place_of(report.source, finding.pointer);
    Json path = Json::array();
    for (const PathStep& step : finding.path) {
      path.push_back(
          {{"event", step.event}, {"title", text_json(step.title)}, {"pointer", step.pointer}});
    }
    Json rules = Json::array();
    for (const RuleId& rule : finding.rules) rules.push_back(rule.value());
    findings.push_back({{"check", finding.check},
                        {"severity", level_of(finding)},
                        {"message", text_json(finding.message)},
                        {"pointer", finding.pointer},
                        {"line", place.line},
                        {"column", place.column},
                        {"rules", std::move(rules)},
                        {"path", std::move(path)},
                        {"approximate", finding.approximate}});
  }
  return findings;
}

Json to_json(const Report& report) {
  return {{"file", report.file}, {"findings", findings_json(report)}};
}

Json to_sarif(const std::vector<Report>& reports) {
  Json results = Json::array();
  std::set<std::string> checks;
  for (const Report& report : reports) {
    for (const Finding& finding : report.findings) {
      checks.insert(finding.check);
      results.push_back(result_of(report, finding));
    }
  }
  Json rules = Json::array();
  for (const std::string& check : checks) rules.push_back({{"id", check}});
  return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
          {"version", "2.1.0"},
          {"runs",
           {{{"tool", {{"driver", {{"name", "mingjian"}, {"rules", std::move(rules)}}}}},
             {"results", std::move(results)}}}}};
}

}  // namespace mingjian::lint
