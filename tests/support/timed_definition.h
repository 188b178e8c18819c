#pragma once

#include "tests/support/small_definition.h"

// A small procedure in which much happens by itself: a reminder after an hour, one that was raised
// with a delay, a stage that is left after a day, an end two days later.
namespace mingjian::testing {

inline OrderedJson timed_definition() {
  return OrderedJson::parse(R"json({
    "id": "letter", "version": 1, "title": {"zh": "来信", "en": "letter"}, "number": "来信",
    "context": {"reminders": 0, "last": 0},
    "data": {"type": "object", "additionalProperties": false, "properties": {
      "facts": {"type": "string"}, "reminders": {"type": "integer", "maximum": 9}, "last": {"type": "integer"}}},
    "filing": {"title": {"zh": "登记", "en": "filing"}, "by": ["inspector"],
      "form": {"type": "object", "additionalProperties": false, "required": ["facts"],
        "properties": {"facts": {"type": "string", "title": {"zh": "内容", "en": "facts"}}}}},
    "initial": "waiting",
    "states": {
      "waiting": {"title": {"zh": "等候答复", "en": "waiting"}, "stage": "intake",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "entry": {"raise": {"event": "remind", "delay": "PT2H", "id": "second"}},
        "after": {
          "PT1H": {"title": {"zh": "第一次提醒", "en": "first reminder"},
            "actions": {"assign": {"reminders": {"+": [{"var": "context.reminders"}, 1]}, "last": {"var": "now"}}}},
          "P1D": {"title": {"zh": "逾期", "en": "overdue"}, "target": "overdue"}},
        "on": {
          "remind": {"title": {"zh": "再次提醒", "en": "remind again"}, "by": ["inspector"],
            "actions": {"assign": {"reminders": {"+": [{"var": "context.reminders"}, 1]}, "last": {"var": "now"}}}},
          "answer": {"title": {"zh": "答复", "en": "answer"}, "by": ["inspector"], "target": "closed"},
          "drop": {"title": {"zh": "了结", "en": "drop"}, "by": ["inspector"], "target": "closed",
            "approval": {"steps": [{"title": {"zh": "部门审核", "en": "review"}, "by": ["department_head"]}]}}}},
      "overdue": {"title": {"zh": "逾期未复", "en": "overdue"}, "stage": "screening",
        "no_time_limit": {"zh": "示例", "en": "an example"},
        "after": {"P2D": {"title": {"zh": "自动了结", "en": "closed by itself"}, "target": "closed"}},
        "on": {"answer": {"title": {"zh": "答复", "en": "answer"}, "by": ["inspector"], "target": "closed"}}},
      "closed": {"type": "final"}}})json");
}

// Edited, as another version.
template <class Edit>
Definition timed_version(std::int64_t version, Edit edit) {
  OrderedJson json = timed_definition();
  json["version"] = version;
  edit(json);
  return load(json);
}

inline const Definition& first_timed_version() {
  static const Definition kFirst = load(timed_definition());
  return kFirst;
}

}  // namespace mingjian::testing
