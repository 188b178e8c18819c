#pragma once

#include "engine/definition/definition.h"
#include "tests/support/conformance_files.h"
#include "tests/support/shipped.h"

namespace mingjian::testing {

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
                                Form::compile_plain(definition_schema()).value(), small_register());
  return std::move(loaded.value());
}

}  // namespace mingjian::testing
