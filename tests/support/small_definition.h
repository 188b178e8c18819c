#pragma once

#include <stdexcept>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/definition/definition.h"
#include "tests/support/conformance_files.h"

// A small procedure with one of everything: approvals of one and two steps, work side by side,
// suspension with resumption, separation of duties, time limits, a form, a guard, a document.
namespace mingjian::testing {

inline OrderedJson small_definition() {
  return OrderedJson::parse(R"json({
    "id": "lead", "version": 1, "title": {"zh": "线索", "en": "lead"}, "number": "线索",
    "context": {"checked": false},
    "data": {"type": "object", "additionalProperties": false, "properties": {
      "facts": {"type": "string"}, "amount": {"type": "integer"}, "checked": {"type": "boolean"},
      "opinion": {"type": "string"}}},
    "filing": {"title": {"zh": "登记", "en": "filing"}, "by": ["inspector"],
      "form": {"type": "object", "additionalProperties": false, "required": ["facts"],
        "properties": {"facts": {"type": "string"}, "amount": {"type": "integer"}}}},
    "materials": {"report": {"zh": "报告", "en": "report"}, "record": {"zh": "笔录", "en": "record"}},
    "initial": "intake",
    "states": {
      "intake": {"title": {"zh": "受理", "en": "intake"}, "stage": "intake", "rules": ["R-1"],
        "time_limit": {"amount": 5, "unit": "day", "from": {"zh": "收到之日", "en": "receipt"}, "rule": "R-1"},
        "on": {"accept": {"title": {"zh": "受理线索", "en": "accept"}, "by": ["inspector", "case_supervision"],
          "target": "review", "rules": ["R-1"],
          "form": {"type": "object", "additionalProperties": false, "required": ["checked"], "properties": {
            "checked": {"type": "boolean", "title": {"zh": "已查重", "en": "checked"}},
            "opinion": {"type": "string", "title": {"zh": "意见", "en": "opinion"}}}},
          "actions": {"assign": {"checked": {"var": "event.data.checked"}}}}}},
      "review": {"title": {"zh": "审核", "en": "review"}, "stage": "screening",
        "time_limit": {"amount": 3, "unit": "month", "from": {"zh": "受理之日", "en": "acceptance"}},
        "on": {
          "investigate": {"title": {"zh": "立案", "en": "investigate"}, "by": ["inspector"],
            "guard": {"==": [{"var": "context.checked"}, true]}, "target": "investigation",
            "approval": {"steps": [
              {"title": {"zh": "部门审核", "en": "review"}, "by": ["department_head"]},
              {"title": {"zh": "负责人审批", "en": "approval"}, "by": ["main_head"]}]}},
          "drop": {"title": {"zh": "了结", "en": "drop"}, "by": ["inspector"], "target": "closed",
            "approval": {"steps": [{"title": {"zh": "部门审核", "en": "review"}, "by": ["department_head"]}]}}}},
      "investigation": {"type": "parallel", "title": {"zh": "审查调查", "en": "investigation"}, "stage": "investigation",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {
          "suspend": {"title": {"zh": "中止", "en": "suspend"}, "by": ["inspector"], "target": "suspension"},
          "finish": {"title": {"zh": "移送审理", "en": "finish"}, "by": ["inspector"], "target": "trial",
            "materials": ["report"],
            "guard": {"and": [{"in_state": "lead.investigation.evidence.collected"},
                              {"in_state": "lead.investigation.statement.taken"}]}}},
        "states": {
          "evidence": {"initial": "collecting", "states": {
            "collecting": {"title": {"zh": "取证", "en": "collecting"}, "on": {"collect": {"title": {"zh": "取证完毕", "en": "collect"},
              "by": ["inspector"], "target": "collected",
              "approval": {"steps": [{"title": {"zh": "部门审核", "en": "review"}, "by": ["department_head"]}]}}}},
            "collected": {"type": "final"}}},
          "statement": {"initial": "taking", "states": {
            "taking": {"title": {"zh": "谈话", "en": "taking"}, "on": {"take": {"title": {"zh": "听取说明", "en": "take"},
              "by": ["inspector"], "target": "taken",
              "approval": {"steps": [{"title": {"zh": "分管审批", "en": "approval"}, "by": ["deputy_in_charge"]}]}}}},
            "taken": {"type": "final"}}},
          "resumption": {"type": "history", "history": "deep"}}},
      "suspension": {"title": {"zh": "中止", "en": "suspension"}, "stage": "suspension",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "on": {"resume": {"title": {"zh": "恢复", "en": "resume"}, "by": ["inspector"],
          "target": "investigation.resumption"}}},
      "trial": {"title": {"zh": "审理", "en": "trial"}, "stage": "trial",
        "time_limit": {"amount": 30, "unit": "day", "from": {"zh": "受理之日", "en": "acceptance"}},
        "on": {"decide": {"title": {"zh": "处分决定", "en": "decide"}, "by": ["trial_officer"], "target": "closed",
          "not_same_as": ["lead.investigation"],
          "approval": {"steps": [{"title": {"zh": "负责人审批", "en": "approval"}, "by": ["main_head"]}]}}}},
      "closed": {"type": "final"}}})json");
}

inline OrderedJson& at(OrderedJson& json, const char* pointer) {
  return json[OrderedJson::json_pointer(pointer)];
}

inline OrderedJson approval_step(const char* role) {
  return {{"title", {{"zh", "审批"}, {"en", "approval"}}}, {"by", {role}}};
}

// Gives a state another key and keeps its place; what names it is not changed.
inline void rename_state(OrderedJson& states, const std::string& from, const std::string& to) {
  OrderedJson renamed = OrderedJson::object();
  for (auto& [key, state] : states.items()) renamed[key == from ? to : key] = std::move(state);
  states = std::move(renamed);
}

inline const Register& small_register() {
  static const Register kRegister = [] {
    Register known;
    for (const char* rule : {"R-1", "R-2"}) known.rules[RuleId(rule)].id = RuleId(rule);
    for (const char* stage : {"intake", "screening", "investigation", "suspension", "trial"})
      known.codes["stages"].push_back({stage, {stage, stage}});
    return known;
  }();
  return kRegister;
}

// Throws with the first error where the definition is refused.
inline Definition load(const OrderedJson& json) {
  static const Form kSchema =
      Form::compile_plain(Json::parse(read_file(std::string(MINGJIAN_SOURCE_DIR) +
                                                "/workflows/schema/definition.schema.json")))
          .value();
  auto loaded = load_definition(json.dump(), kSchema, small_register());
  if (loaded) return std::move(*loaded);
  const Error& error = loaded.error().front();
  throw std::runtime_error(error.pointer + ": " + error.message.en);
}

inline const Definition& first_version() {
  static const Definition kFirst = load(small_definition());
  return kFirst;
}

// Version 2 of the small procedure with a change.
template <class Edit>
Definition next_version(Edit edit) {
  OrderedJson json = small_definition();
  json["version"] = 2;
  edit(json);
  return load(json);
}

}  // namespace mingjian::testing
