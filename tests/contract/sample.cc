#include "tests/contract/sample.h"

#include <utility>

namespace mingjian::testing {
namespace {

std::string uuid(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return "01900000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

EventRecord event_of(const CaseHead& head) {
  return {
      head.id,
      head.version,
      head.version == 1 ? "case_filed" : "transition_fired",
      head.updated_at,
      Instant{head.updated_at.microseconds - 1},
      head.filed_by,
      R"({"case":")" + head.id.value() + R"(","version":)" + std::to_string(head.version) + "}"};
}

std::string state_of(const CaseHead& head) {
  return R"({"version":)" + std::to_string(head.version) + "}";
}

IdempotencyRecord answer_of(const CaseHead& head) {
  const std::string key = head.id.value() + "/" + std::to_string(head.version);
  return {head.filed_by, key, "fingerprint of " + key, "answer to " + key, head.updated_at};
}

}  // namespace

CaseId case_id(std::uint64_t number) { return CaseId(uuid(number)); }
TaskId task_id(std::uint64_t number) { return TaskId(uuid(number)); }

Commit filing(std::uint64_t number) {
  CaseHead head;
  head.id = case_id(number);
  head.version = 1;
  head.number = "问责〔2026〕" + std::to_string(number) + "号";
  head.definition = "accountability";
  head.definition_version = 1;
  head.title = "关于某单位的问责 " + std::to_string(number);
  head.stages = R"(["filed"])";
  head.organ = OrganisationId("city");
  head.filed_by = PersonId("lin-wei");
  head.filed_at = {1'772'352'000'000'000 + static_cast<std::int64_t>(number)};
  head.updated_at = head.filed_at;
  head.state = state_of(head);
  return {0, head, {event_of(head)}, {}, std::nullopt, answer_of(head)};
}

Commit following(const Commit& before) {
  CaseHead head = before.head;
  ++head.version;
  head.updated_at.microseconds += 1'000'000;
  head.state = state_of(head);
  return {before.head.version, head, {event_of(head)}, {}, std::nullopt, answer_of(head)};
}

TaskRow approval(std::uint64_t number, std::uint64_t of) {
  TaskRow task;
  task.id = task_id(number);
  task.case_id = case_id(of);
  task.kind = TaskKind::kApproval;
  task.request = RequestId(uuid(number));
  task.role = Role("reviewer");
  task.organ = OrganisationId("city");
  task.requested_by = PersonId("lin-wei");
  task.event = "submit";
  task.title = {"提交审核", "Submit for review"};
  task.opened_at = {1'772'352'000'000'000};
  return task;
}

TaskRow handed_over(std::uint64_t number, std::uint64_t of, const std::string& person) {
  TaskRow task = approval(number, of);
  task.person = PersonId(person);
  return task;
}

TaskRow rework(std::uint64_t number, std::uint64_t of, const std::string& person) {
  TaskRow task = approval(number, of);
  task.kind = TaskKind::kRework;
  task.role = Role();
  task.organ = OrganisationId();
  task.person = PersonId(person);
  return task;
}

TaskRow closed_by(TaskRow task, const std::string& person) {
  task.closed_at = Instant{task.opened_at.microseconds + 5};
  task.closed_by = PersonId(person);
  task.decision = "approve";
  return task;
}

std::vector<Commit> cases_with_timers() {
  struct Row {
    const char* timers;
    bool closed;
    std::optional<std::int64_t> due_ms;
  };
  const std::vector<Row> rows = {
      {"[]", false, std::nullopt},
      {R"([{"due_ms":9,"state":"a","delay":"9"}])", false, 9},
      {R"([{"due_ms":1800000000123,"state":"a","delay":"9"},{"due_ms":1700000000000,"event":"e"}])",
       false, 1'700'000'000'000},
      {R"([{"due_ms":253402300799999,"state":"a","delay":"9"}])", false, 253'402'300'799'999},
      {R"([{"due_ms":253402300800000,"state":"a","delay":"9"}])", false, std::nullopt},
      {R"([{"due_ms":9,"state":"a","delay":"9"}])", true, std::nullopt}};
  std::vector<Commit> commits;
  for (const Row& row : rows) {
    Commit commit = filing(commits.size() + 1);
    commit.head.state = std::string(R"({"chart":{"timers":)") + row.timers + "}}";
    commit.head.closed = row.closed;
    commit.timer = TimerChange{};
    if (row.due_ms) commit.timer->due_at = Instant{*row.due_ms * 1000};
    commits.push_back(std::move(commit));
  }
  return commits;
}

Person person(const std::string& id) {
  const Post post{OrganisationId("city"), Role("reviewer"), Instant{0}, std::nullopt};
  return {PersonId(id), {"林 " + id, id}, {post}, true};
}

}  // namespace mingjian::testing
