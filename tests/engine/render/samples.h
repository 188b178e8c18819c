#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/definition/definition.h"
#include "tests/support/conformance_files.h"

namespace mingjian::testing {

inline std::filesystem::path project_file(const std::string& path) {
  return std::filesystem::path(MINGJIAN_SOURCE_DIR) / path;
}

inline Form definition_schema() {
  const auto text = read_file(project_file("workflows/schema/definition.schema.json"));
  return Form::compile_plain(parse_json(text).value()).value();
}

// A register with just what data/small.json refers to.
inline Register small_register() {
  Register known;
  known.rules[RuleId("R-1")] = {RuleId("R-1"), "工作规则", "5", "Clues are looked into.",
                                "核查",        "approval"};
  known.rules[RuleId("R-2")] = {RuleId("R-2"),       "工作规则", "7",
                                "Within five days.", "时限",     "time_limit"};
  known.codes["stages"] = {{"intake", {"接收", "intake"}}, {"check", {"核查", "check"}}};
  known.codes["sources"] = {{"S1", {"来信", "letter"}}, {"S2", {"来电", "call"}}};
  return known;
}

// A definition with everything in it once: data/small.json.
inline Definition small_definition() {
  auto loaded = load_definition(read_file(project_file("tests/engine/render/data/small.json")),
                                definition_schema(), small_register());
  return std::move(loaded.value());
}

// The register that the shipped definitions rest on.
inline Register shipped_register() {
  return {parse_rules(read_file(project_file("workflows/rules/register.csv"))).value(),
          parse_codes(read_file(project_file("workflows/codes/codes.json"))).value()};
}

// All of workflows/.
inline std::vector<Definition> shipped_definitions() {
  const Form schema = definition_schema();
  const Register known = shipped_register();
  std::vector<Definition> all;
  for (const auto& entry : std::filesystem::directory_iterator(project_file("workflows"))) {
    const auto file = entry.path() / "definition.json";
    if (!std::filesystem::exists(file)) continue;
    all.push_back(std::move(load_definition(read_file(file), schema, known).value()));
  }
  return all;
}

}  // namespace mingjian::testing
