#include "adapters/sqlite/tables.h"

#include <string>

#include "adapters/sql/stage_names.h"
#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kInsertHead =
    "INSERT INTO cases (version, number, definition, definition_version, title, closed, stages, "
    "organ, filed_by, filed_at, updated_at, state, id) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdateHead =
    "UPDATE cases SET version = ?, number = ?, definition = ?, definition_version = ?, title = ?, "
    "closed = ?, stages = ?, organ = ?, filed_by = ?, filed_at = ?, updated_at = ?, state = ? "
    "WHERE id = ? AND version = ?";
constexpr const char* kInsertEvent =
    "INSERT INTO events (case_id, version, type, recorded_at, occurred_at, actor, body) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kDropStages = "DELETE FROM case_stages WHERE case_id = ?";
constexpr const char* kAddStage = "INSERT INTO case_stages (stage, case_id) VALUES (?, ?)";
constexpr const char* kDropMembers = "DELETE FROM members WHERE case_id = ?";
constexpr const char* kAddMember =
    "INSERT INTO members (person, case_id, duty) VALUES (?, ?, ?) ON CONFLICT DO NOTHING";
const std::string kPutTask =
    "INSERT INTO tasks (id, case_id, kind, request, step, role, organ, person, requested_by, "
    "event, title_zh, title_en, opened_at, closed_at, closed_by, decision, changed_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " +
    now_text() +
    ") "
    "ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, kind = excluded.kind, "
    "request = excluded.request, step = excluded.step, role = excluded.role, "
    "organ = excluded.organ, person = excluded.person, requested_by = excluded.requested_by, "
    "event = excluded.event, title_zh = excluded.title_zh, title_en = excluded.title_en, "
    "opened_at = excluded.opened_at, closed_at = excluded.closed_at, "
    "closed_by = excluded.closed_by, decision = excluded.decision, "
    "changed_at = excluded.changed_at";

std::int64_t number(Version version) { return static_cast<std::int64_t>(version); }

}  // namespace

bool write_head(Connection& connection, const CaseHead& head, Version expected) {
  Prepared write = connection.prepare(expected == 0 ? kInsertHead : kUpdateHead);
  int at = 0;
  write->bind(++at, number(head.version));
  write->bind(++at, head.number);
  write->bind(++at, head.definition);
  write->bind(++at, static_cast<int64_t>(head.definition_version));
  write->bind(++at, head.title);
  write->bind(++at, head.closed ? 1 : 0);
  write->bind(++at, head.stages);
  write->bind(++at, head.organ.value());
  write->bind(++at, head.filed_by.value());
  write->bind(++at, static_cast<int64_t>(head.filed_at.microseconds));
  write->bind(++at, static_cast<int64_t>(head.updated_at.microseconds));
  write->bind(++at, head.state);
  write->bind(++at, head.id.value());
  if (expected != 0) write->bind(++at, number(expected));
  return write->exec() == 1;
}

void write_events(Connection& connection, const std::vector<EventRecord>& events) {
  for (const EventRecord& event : events) {
    Prepared insert = connection.prepare(kInsertEvent);
    insert->bind(1, event.case_id.value());
    insert->bind(2, number(event.version));
    insert->bind(3, event.type);
    insert->bind(4, static_cast<int64_t>(event.recorded_at.microseconds));
    insert->bind(5, static_cast<int64_t>(event.occurred_at.microseconds));
    insert->bind(6, event.actor.value());
    insert->bind(7, event.body);
    insert->exec();
  }
}

void write_stages(Connection& connection, const CaseHead& head) {
  Prepared drop = connection.prepare(kDropStages);
  drop->bind(1, head.id.value());
  drop->exec();
  for (const std::string& stage : sql::stage_names(head.stages)) {
    Prepared add = connection.prepare(kAddStage);
    add->bind(1, stage);
    add->bind(2, head.id.value());
    add->exec();
  }
}

void write_members(Connection& connection, const CaseId& id,
                   const std::vector<MemberRow>& members) {
  Prepared drop = connection.prepare(kDropMembers);
  drop->bind(1, id.value());
  drop->exec();
  for (const MemberRow& member : members) {
    Prepared add = connection.prepare(kAddMember);
    add->bind(1, member.person.value());
    add->bind(2, id.value());
    add->bind(3, member.duty);
    add->exec();
  }
}

void write_task(Connection& connection, const TaskRow& task) {
  Prepared put = connection.prepare(kPutTask.c_str());
  int at = 0;
  put->bind(++at, task.id.value());
  put->bind(++at, task.case_id.value());
  put->bind(++at, static_cast<int>(task.kind));
  put->bind(++at, task.request.value());
  put->bind(++at, static_cast<int64_t>(task.step));
  put->bind(++at, task.role.value());
  put->bind(++at, task.organ.value());
  put->bind(++at, task.person.value());
  put->bind(++at, task.requested_by.value());
  put->bind(++at, task.event);
  put->bind(++at, task.title.zh);
  put->bind(++at, task.title.en);
  put->bind(++at, static_cast<int64_t>(task.opened_at.microseconds));
  ++at;
  if (task.closed_at) put->bind(at, static_cast<int64_t>(task.closed_at->microseconds));
  put->bind(++at, task.closed_by.value());
  put->bind(++at, task.decision);
  put->exec();
}

}  // namespace mingjian::sqlite
