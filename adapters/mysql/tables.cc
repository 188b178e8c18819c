#include "adapters/mysql/tables.h"

#include "adapters/mysql/insertion.h"
#include "adapters/sql/stage_names.h"

namespace mingjian::mysql {
namespace {

const std::string kInstantText = kInstant;
const std::string kUuidText = kUuid;

const std::string kAnswers = "INSERT INTO answers (person, name, fingerprint, answer, at) VALUES";
const std::string kAnswerRow = "(?, ?, ?, ?, " + kInstantText + ")";

const std::string kHeads =
    "INSERT INTO cases (id, version, number, definition, definition_version, title, searched, "
    "closed, stages, organ, filed_by, filed_at, updated_at, state) VALUES";
const std::string kHeadRow = "(" + kUuidText + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + kInstantText +
                             ", " + kInstantText + ", ?)";
const std::string kReplaceHead =
    " ON DUPLICATE KEY UPDATE version = VALUES(version), number = VALUES(number), "
    "definition = VALUES(definition), definition_version = VALUES(definition_version), "
    "title = VALUES(title), searched = VALUES(searched), closed = VALUES(closed), "
    "stages = VALUES(stages), organ = VALUES(organ), filed_by = VALUES(filed_by), "
    "filed_at = VALUES(filed_at), updated_at = VALUES(updated_at), state = VALUES(state)";

const std::string kEvents =
    "INSERT INTO events (case_id, version, type, recorded_at, occurred_at, actor, body) VALUES";
const std::string kEventRow =
    "(" + kUuidText + ", ?, ?, " + kInstantText + ", " + kInstantText + ", ?, ?)";

const std::string kTasks =
    "INSERT INTO tasks (id, case_id, kind, request, step, role, organ, person, requested_by, "
    "event, "
    "title_zh, title_en, opened_at, open, closed_at, closed_by, decision, changed_at) VALUES";
const std::string kTaskRow = "(" + kUuidText + ", " + kUuidText +
                             ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " + kInstantText + ", ?, " +
                             kInstantText + ", ?, ?, UTC_TIMESTAMP(6))";
const std::string kReplaceTask =
    " ON DUPLICATE KEY UPDATE case_id = VALUES(case_id), kind = VALUES(kind), "
    "request = VALUES(request), step = VALUES(step), role = VALUES(role), organ = VALUES(organ), "
    "person = VALUES(person), requested_by = VALUES(requested_by), event = VALUES(event), "
    "title_zh = VALUES(title_zh), title_en = VALUES(title_en), opened_at = VALUES(opened_at), "
    "open = VALUES(open), closed_at = VALUES(closed_at), closed_by = VALUES(closed_by), "
    "decision = VALUES(decision), changed_at = VALUES(changed_at)";

const std::string kStages = "INSERT INTO case_stages (case_id, stage) VALUES";
const std::string kStageRow = "(" + kUuidText + ", ?)";
const std::string kMembers = "INSERT INTO members (case_id, person, duty) VALUES";
const std::string kMemberRow = "(" + kUuidText + ", ?, ?)";
// The same person may be named twice with one duty.
const std::string kSameMember = " ON DUPLICATE KEY UPDATE duty = VALUES(duty)";
const std::string kNumbers = "INSERT INTO case_numbers (number, case_id) VALUES";
const std::string kNumberRow = "(?, " + kUuidText + ")";

std::int64_t number_of(Version version) { return static_cast<std::int64_t>(version); }

// What a search looks through. The octet between number and title is none of UTF-8, so that nothing
// is found across it.
std::string searched_text(const CaseHead& head) {
  return searched_form(head.number + '\xFF' + head.title);
}

}  // namespace

std::string searched_form(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

void write_heads(Connection& connection, const std::vector<const CaseHead*>& heads) {
  Insertion insertion(connection, kHeads, kHeadRow, kReplaceHead);
  for (const CaseHead* const each : heads) {
    const CaseHead& head = *each;
    insertion.row()
        .value(uuid_value(head.id.value()))
        .value(number_of(head.version))
        .text(head.number);
    insertion.text(head.definition).value(head.definition_version).text(head.title);
    insertion.text(searched_text(head)).value(std::int64_t{head.closed ? 1 : 0}).text(head.stages);
    insertion.text(head.organ.value()).text(head.filed_by.value());
    insertion.value(instant_value(head.filed_at)).value(instant_value(head.updated_at));
    insertion.text(head.state);
  }
  insertion.finish();
}

void write_events(Connection& connection, const std::vector<const EventRecord*>& events) {
  Insertion insertion(connection, kEvents, kEventRow);
  for (const EventRecord* const each : events) {
    const EventRecord& event = *each;
    insertion.row().value(uuid_value(event.case_id.value())).value(number_of(event.version));
    insertion.text(event.type).value(instant_value(event.recorded_at));
    insertion.value(instant_value(event.occurred_at)).text(event.actor.value()).text(event.body);
  }
  insertion.finish();
}

void write_tasks(Connection& connection, const std::vector<const TaskRow*>& tasks) {
  Insertion insertion(connection, kTasks, kTaskRow, kReplaceTask);
  for (const TaskRow* const each : tasks) {
    const TaskRow& task = *each;
    insertion.row().value(uuid_value(task.id.value())).value(uuid_value(task.case_id.value()));
    insertion.value(static_cast<std::int64_t>(task.kind)).text(task.request.value());
    insertion.value(task.step).text(task.role.value()).text(task.organ.value());
    insertion.text(task.person.value()).text(task.requested_by.value()).text(task.event);
    insertion.text(task.title.zh).text(task.title.en).value(instant_value(task.opened_at));
    insertion.value(std::int64_t{task.closed_at ? 0 : 1}).value(instant_value(task.closed_at));
    insertion.text(task.closed_by.value()).text(task.decision);
  }
  insertion.finish();
}

void write_answers(Connection& connection, const std::vector<const IdempotencyRecord*>& answers) {
  Insertion insertion(connection, kAnswers, kAnswerRow);
  for (const IdempotencyRecord* const each : answers) {
    const IdempotencyRecord& answer = *each;
    insertion.row().text(answer.person.value()).text(answer.key).text(answer.fingerprint);
    insertion.text(answer.answer).value(instant_value(answer.at));
  }
  insertion.finish();
}

void write_stages(Connection& connection, const std::vector<const CaseHead*>& heads,
                  const Values& old) {
  remove_rows(connection, "case_stages", "case_id", kUuid, old);
  Insertion insertion(connection, kStages, kStageRow);
  for (const CaseHead* const head : heads) {
    for (const std::string& stage : sql::stage_names(head->stages))
      insertion.row().value(uuid_value(head->id.value())).text(stage);
  }
  insertion.finish();
}

void write_members(Connection& connection, const std::vector<Team>& teams, const Values& old) {
  remove_rows(connection, "members", "case_id", kUuid, old);
  Insertion insertion(connection, kMembers, kMemberRow, kSameMember);
  for (const Team& team : teams) {
    for (const MemberRow& member : *team.members) {
      insertion.row().value(uuid_value(team.case_id.value()));
      insertion.text(member.person.value()).text(member.duty);
    }
  }
  insertion.finish();
}

void write_numbers(Connection& connection, const std::vector<const CaseHead*>& heads,
                   const Values& old) {
  remove_rows(connection, "case_numbers", "number", "?", old);
  Insertion insertion(connection, kNumbers, kNumberRow);
  for (const CaseHead* const head : heads)
    insertion.row().text(head->number).value(uuid_value(head->id.value()));
  insertion.finish();
}

void remove_rows(Connection& connection, const std::string& table, const std::string& column,
                 const std::string& place, const Values& values) {
  if (values.empty()) return;
  connection.change("DELETE FROM " + table + " WHERE " + column + " IN (" +
                        repeated(place, ", ", values.size()) + ")",
                    values);
}

std::string repeated(const std::string& part, const std::string& between, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += (i == 0 ? "" : between) + part;
  return text;
}

}  // namespace mingjian::mysql
