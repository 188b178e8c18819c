#pragma once

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/lint/check.h"
#include "tests/support/conformance_files.h"

// A small procedure that is clean, and what it becomes by a change.
namespace mingjian::testing {

inline const Register& sample_register() {
  static const Register kRegister = {
      parse_rules(
          "id,instrument,article,family,stage,requirement_en,term_zh,kind,actor,limit_value,"
          "limit_unit,limit_starts_at,extension,consequence,evidence\n"
          "R-HEAR,规则,1,x,x,The person is heard.,听取,right_of_subject,x,,,,,,text\n"
          "R-TRY,规则,2,x,x,The case is tried.,审理,separation_of_duties,x,,,,,,text\n"
          "R-DECIDE,规则,3,x,x,The decision.,决定,approval,x,,,,,,text\n")
          .value(),
      {{"stages",
        {{"work", {"办理", "work"}}, {"trial", {"审理", "trial"}}, {"end", {"办结", "end"}}}}},
      ""};
  return kRegister;
}

inline OrderedJson sample_definition() {
  return OrderedJson::parse(R"json({
    "id": "lead", "version": 1, "title": {"zh": "线索", "en": "lead"},
    "context": {"heard": false},
    "data": {"type": "object", "properties": {
      "facts": {"type": "string"}, "heard": {"type": "boolean"}}},
    "filing": {"title": {"zh": "受理", "en": "filing"}, "by": ["inspector"],
      "form": {"type": "object", "properties": {"facts": {"type": "string"}}}},
    "initial": "work",
    "states": {
      "work": {"title": {"zh": "办理", "en": "work"}, "stage": "work",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {
          "hear": {"title": {"zh": "听取申辩", "en": "hear"}, "by": ["inspector"],
            "rules": ["R-HEAR"],
            "form": {"type": "object", "required": ["heard"],
              "properties": {"heard": {"type": "boolean", "const": true}}},
            "actions": [{"assign": {"heard": {"var": "event.data.heard"}}}]},
          "to_trial": {"title": {"zh": "移送审理", "en": "to trial"}, "by": ["inspector"],
            "guard": {"==": [{"var": "context.heard"}, true]}, "target": "trial"}}},
      "trial": {"title": {"zh": "审理", "en": "trial"}, "stage": "trial",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {
          "decide": {"title": {"zh": "决定", "en": "decide"}, "by": ["trial_officer"],
            "rules": ["R-DECIDE"], "target": "closed", "not_same_as": ["lead.work"],
            "approval": {"steps": [
              {"title": {"zh": "审批", "en": "approval"}, "by": ["main_head"]}]}}}},
      "closed": {"type": "final"}}})json");
}

inline const Form& sample_schema() {
  static const Form kSchema =
      Form::compile_plain(Json::parse(read_file(std::string(MINGJIAN_SOURCE_DIR) +
                                                "/workflows/schema/definition.schema.json")))
          .value();
  return kSchema;
}

inline std::vector<lint::Finding> lint_of(const OrderedJson& definition,
                                          const Register& known = sample_register(),
                                          const lint::Staff* staff = nullptr) {
  return lint::check(definition.dump(), sample_schema(), known, {.staff = staff}).findings;
}

}  // namespace mingjian::testing
