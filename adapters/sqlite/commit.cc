#include "adapters/sqlite/commit.h"

#include <string>

#include "adapters/sql/stage_names.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kReadAnswer =
    "SELECT fingerprint, answer, at FROM answers WHERE person = ? AND key = ?";
constexpr const char* kWriteAnswer =
    "INSERT INTO answers (person, key, fingerprint, answer, at) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kReadPresent = "SELECT version, stages FROM cases WHERE id = ?";
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
constexpr const char* kPutTask =
    "INSERT INTO tasks (id, case_id, kind, request, step, role, organ, person, requested_by, "
    "event, title_zh, title_en, opened_at, closed_at, closed_by, decision) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (id) DO UPDATE SET case_id = excluded.case_id, kind = excluded.kind, "
    "request = excluded.request, step = excluded.step, role = excluded.role, "
    "organ = excluded.organ, person = excluded.person, requested_by = excluded.requested_by, "
    "event = excluded.event, title_zh = excluded.title_zh, title_en = excluded.title_en, "
    "opened_at = excluded.opened_at, closed_at = excluded.closed_at, "
    "closed_by = excluded.closed_by, decision = excluded.decision";

// What is there of a case before the command.
struct Present {
  Version version = 0;  // 0: no such case
  std::string stages;
};

std::int64_t number(Version version) { return static_cast<std::int64_t>(version); }

Present read_present(Connection& connection, const CaseId& id) {
  Prepared read = connection.prepare(kReadPresent);
  read->bind(1, id.value());
  if (!read->executeStep()) return {};
  return {static_cast<Version>(read->getColumn(0).getInt64()), read->getColumn(1).getString()};
}

// Whether the head was at the version expected and is now the new one.
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
  Prepared put = connection.prepare(kPutTask);
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

}  // namespace

std::optional<IdempotencyRecord> read_answer(Connection& connection, const PersonId& person,
                                             const std::string& key) {
  Prepared read = connection.prepare(kReadAnswer);
  read->bind(1, person.value());
  read->bind(2, key);
  if (!read->executeStep()) return std::nullopt;
  return IdempotencyRecord{person, key, read->getColumn(0).getString(),
                           read->getColumn(1).getString(), Instant{read->getColumn(2).getInt64()}};
}

void write_answer(Connection& connection, const IdempotencyRecord& record) {
  Prepared write = connection.prepare(kWriteAnswer);
  write->bind(1, record.person.value());
  write->bind(2, record.key);
  write->bind(3, record.fingerprint);
  write->bind(4, record.answer);
  write->bind(5, static_cast<int64_t>(record.at.microseconds));
  write->exec();
}

CommitOutcome write_commit(Connection& connection, const Commit& commit) {
  const IdempotencyRecord& answer = commit.idempotency;
  if (auto first = read_answer(connection, answer.person, answer.key)) {
    return Repeated{std::move(*first)};
  }
  const Present present = read_present(connection, commit.head.id);
  if (present.version != commit.expected || !write_head(connection, commit.head, commit.expected)) {
    return Stale{present.version};
  }
  write_events(connection, commit.events);
  if (present.stages != commit.head.stages) write_stages(connection, commit.head);
  if (commit.members) write_members(connection, commit.head.id, *commit.members);
  for (const TaskRow& task : commit.tasks) write_task(connection, task);
  write_answer(connection, answer);
  return Committed{};
}

}  // namespace mingjian::sqlite
