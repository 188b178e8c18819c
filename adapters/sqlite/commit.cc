#include "adapters/sqlite/commit.h"

#include <string>

#include <nlohmann/json.hpp>

namespace mingjian::sqlite {
namespace {

constexpr const char* kReadAnswer =
    "SELECT fingerprint, answer, at FROM answers WHERE person = ? AND key = ?";
constexpr const char* kWriteAnswer =
    "INSERT INTO answers (person, key, fingerprint, answer, at) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kReadVersion = "SELECT version FROM cases WHERE id = ?";
constexpr const char* kInsertHead =
    "INSERT INTO cases (version, title, closed, stages, updated_at, state, organ, id, number, "
    "definition, "
    "definition_version, filed_by, filed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdateHead =
    "UPDATE cases SET version = ?, title = ?, closed = ?, stages = ?, updated_at = ?, state = ?, "
    "organ = ? "
    "WHERE id = ? AND version = ?";
constexpr const char* kInsertEvent =
    "INSERT INTO events (case_id, version, type, recorded_at, occurred_at, actor, body) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kDropStages = "DELETE FROM case_stages WHERE case_id = ?";
constexpr const char* kAddStage =
    "INSERT OR IGNORE INTO case_stages (stage, case_id) VALUES (?, ?)";
constexpr const char* kDropMembers = "DELETE FROM members WHERE case_id = ?";
constexpr const char* kAddMember =
    "INSERT OR IGNORE INTO members (person, case_id, duty) VALUES (?, ?, ?)";
constexpr const char* kPutTask =
    "INSERT OR REPLACE INTO tasks (id, case_id, kind, request, step, role, organ, person, "
    "requested_by, "
    "event, title_zh, title_en, opened_at, closed_at, closed_by, decision) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

std::int64_t number(Version version) { return static_cast<std::int64_t>(version); }

Version present_version(Connection& connection, const CaseId& id) {
  Prepared read = connection.prepare(kReadVersion);
  read->bind(1, id.value());
  return read->executeStep() ? static_cast<Version>(read->getColumn(0).getInt64()) : 0;
}

// What both statements set, in the order of their parameters.
void bind_head(SQLite::Statement& statement, const CaseHead& head) {
  statement.bind(1, number(head.version));
  statement.bind(2, head.title);
  statement.bind(3, head.closed ? 1 : 0);
  statement.bind(4, head.stages);
  statement.bind(5, static_cast<int64_t>(head.updated_at.microseconds));
  statement.bind(6, head.state);
  statement.bind(7, head.organ.value());
  statement.bind(8, head.id.value());
}

// Whether the head was at the version expected and is now the new one.
bool write_head(Connection& connection, const CaseHead& head, Version expected) {
  if (expected > 0) {
    Prepared update = connection.prepare(kUpdateHead);
    bind_head(*update, head);
    update->bind(9, number(expected));
    return update->exec() == 1;
  }
  if (present_version(connection, head.id) > 0) return false;
  Prepared insert = connection.prepare(kInsertHead);
  bind_head(*insert, head);
  insert->bind(9, head.number);
  insert->bind(10, head.definition);
  insert->bind(11, static_cast<int64_t>(head.definition_version));
  insert->bind(12, head.filed_by.value());
  insert->bind(13, static_cast<int64_t>(head.filed_at.microseconds));
  return insert->exec() == 1;
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
  const auto stages = nlohmann::json::parse(head.stages, nullptr, false);
  if (!stages.is_array()) return;
  for (const auto& stage : stages) {
    Prepared add = connection.prepare(kAddStage);
    add->bind(1, stage.get<std::string>());
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

void write_answer(Connection& connection, const IdempotencyRecord& record) {
  Prepared write = connection.prepare(kWriteAnswer);
  write->bind(1, record.person.value());
  write->bind(2, record.key);
  write->bind(3, record.fingerprint);
  write->bind(4, record.answer);
  write->bind(5, static_cast<int64_t>(record.at.microseconds));
  write->exec();
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

CommitOutcome write_commit(Connection& connection, const Commit& commit) {
  const IdempotencyRecord& answer = commit.idempotency;
  if (auto first = read_answer(connection, answer.person, answer.key))
    return Repeated{std::move(*first)};
  if (!write_head(connection, commit.head, commit.expected)) {
    return Stale{present_version(connection, commit.head.id)};
  }
  write_events(connection, commit.events);
  write_stages(connection, commit.head);
  if (commit.members) write_members(connection, commit.head.id, *commit.members);
  for (const TaskRow& task : commit.tasks) write_task(connection, task);
  write_answer(connection, answer);
  return Committed{};
}

}  // namespace mingjian::sqlite
