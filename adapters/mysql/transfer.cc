#include "adapters/mysql/transfer.h"

#include <string>
#include <unordered_map>

#include "adapters/mysql/definitions.h"
#include "adapters/mysql/insertion.h"
#include "adapters/mysql/rows.h"
#include "adapters/mysql/tables.h"
#include "adapters/mysql/timers.h"

namespace mingjian::mysql {
namespace {

const std::string kUuidText = kUuid;
const std::string kInstantText = kInstant;

constexpr const char* kCountCases = "SELECT count(*) FROM cases";
const std::string kReadHeads = "SELECT " + head_columns() + ", c.state FROM cases c WHERE c.id > " +
                               kUuidText + " ORDER BY c.id LIMIT ?";
const std::string kReadEvents =
    "SELECT " + selected_uuid("case_id") + ", version, type, " + selected_instant("recorded_at") +
    ", " + selected_instant("occurred_at") + ", actor, body FROM events WHERE case_id IN (";
const std::string kReadMembers =
    "SELECT " + selected_uuid("case_id") + ", person, duty FROM members WHERE case_id IN (";
const std::string kReadTimers = "SELECT " + selected_uuid("case_id") + ", " +
                                selected_instant("due_at") + " FROM timers WHERE case_id IN (";
const std::string kDropNumbers =
    "DELETE n FROM case_numbers n JOIN cases c ON n.number = c.number WHERE c.id IN (";
const std::string kReadTasks = "SELECT " + task_columns() + " FROM tasks t WHERE t.id > " +
                               kUuidText + " ORDER BY t.id LIMIT ?";
const std::string kReadAnswers = "SELECT person, name, fingerprint, answer, " +
                                 selected_instant("at") +
                                 " FROM answers WHERE person > ? OR (person = ? AND name > ?) "
                                 "ORDER BY person, name LIMIT ?";
constexpr const char* kReadSeries = "SELECT series, last FROM number_series ORDER BY series";
const std::string kPutSeries = "INSERT INTO number_series (series, last) VALUES";
const std::string kReplaceSeries = " ON DUPLICATE KEY UPDATE last = VALUES(last)";
constexpr const char* kReadAccounts =
    "SELECT id, password_hash FROM people WHERE password_hash IS NOT NULL ORDER BY id";
constexpr const char* kPutAccount = "UPDATE people SET password_hash = ? WHERE id = ?";
const std::string kReadSessions = "SELECT token_digest, person, " + selected_instant("expires_at") +
                                  ", password FROM sessions ORDER BY token_digest";
const std::string kPutSessions =
    "INSERT INTO sessions (token_digest, person, expires_at, password) VALUES";
const std::string kSessionRow = "(?, ?, " + kInstantText + ", ?)";
const std::string kReplaceSession =
    " ON DUPLICATE KEY UPDATE person = VALUES(person), expires_at = VALUES(expires_at), "
    "password = VALUES(password)";

// The id that stands before all others where `after` is empty.
Value after_value(const std::string& after) {
  return after.empty() ? uuid_value("00000000-0000-0000-0000-000000000000") : uuid_value(after);
}

Values ids_of(const std::vector<CaseFile>& files) {
  Values ids;
  for (const CaseFile& file : files) ids.push_back(uuid_value(file.head.id.value()));
  return ids;
}

std::vector<CaseFile> heads_after(Connection& connection, const std::string& after,
                                  std::size_t limit) {
  std::vector<CaseFile> files;
  Rows rows = connection.query(kReadHeads, {after_value(after), count_value(limit)});
  while (rows.next()) {
    files.push_back({head_of(rows), {}, {}});
    files.back().head.state = rows.text(kHeadColumnCount);
  }
  return files;
}

// Adds what else there is of the cases: a statement a table, not one a case.
void fill(Connection& connection, std::vector<CaseFile>& files) {
  if (files.empty()) return;
  std::unordered_map<std::string, CaseFile*> by_id;
  for (CaseFile& file : files) by_id[file.head.id.value()] = &file;
  const Values ids = ids_of(files);
  const std::string list = repeated(kUuidText, ", ", ids.size()) + ") ORDER BY ";
  Rows events = connection.query(kReadEvents + list + "case_id, version", ids);
  while (events.next()) {
    CaseFile& file = *by_id.at(events.uuid(0));
    file.events.push_back({file.head.id, static_cast<Version>(events.number(1)), events.text(2),
                           events.instant(3), events.instant(4), PersonId(events.text(5)),
                           events.text(6)});
  }
  Rows members = connection.query(kReadMembers + list + "case_id, person, duty", ids);
  while (members.next())
    by_id.at(members.uuid(0))->members.push_back({PersonId(members.text(1)), members.text(2)});
  Rows timers = connection.query(kReadTimers + list + "case_id", ids);
  while (timers.next()) by_id.at(timers.uuid(0))->due_at = timers.instant(1);
}

}  // namespace

Result<std::size_t> MysqlTransfer::count_cases() {
  return pool_.ask([](Connection& connection) {
    Rows rows = connection.query(kCountCases);
    return rows.next() ? static_cast<std::size_t>(rows.number(0)) : 0;
  });
}

Result<std::vector<CaseFile>> MysqlTransfer::case_files(const std::string& after,
                                                        std::size_t limit) {
  return pool_.ask([&](Connection& connection) {
    std::vector<CaseFile> files = heads_after(connection, after, limit);
    fill(connection, files);
    return files;
  });
}

Result<void> MysqlTransfer::put_case_files(const std::vector<CaseFile>& files) {
  if (files.empty()) return {};
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    std::vector<const CaseHead*> heads;
    std::vector<const CaseHead*> numbered;
    std::vector<const EventRecord*> events;
    std::vector<Team> teams;
    std::vector<TimerRow> timers;
    for (const CaseFile& file : files) {
      heads.push_back(&file.head);
      if (!file.head.number.empty()) numbered.push_back(&file.head);
      for (const EventRecord& event : file.events) events.push_back(&event);
      teams.push_back({file.head.id, &file.members});
      if (file.due_at) timers.push_back({file.head.id, *file.due_at});
    }
    const Values ids = ids_of(files);
    remove_rows(connection, "events", "case_id", kUuid, ids);
    connection.change(kDropNumbers + repeated(kUuidText, ", ", ids.size()) + ")", ids);
    write_events(connection, events);
    write_heads(connection, heads);
    write_stages(connection, heads, ids);
    write_members(connection, teams, ids);
    write_timers(connection, timers, ids);
    write_numbers(connection, numbered, {});
    return {};
  });
}

Result<std::vector<TaskRow>> MysqlTransfer::tasks(const std::string& after, std::size_t limit) {
  return pool_.ask([&](Connection& connection) {
    std::vector<TaskRow> tasks;
    Rows rows = connection.query(kReadTasks, {after_value(after), count_value(limit)});
    while (rows.next()) tasks.push_back(task_of(rows));
    return tasks;
  });
}

Result<void> MysqlTransfer::put_tasks(const std::vector<TaskRow>& tasks) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    std::vector<const TaskRow*> rows;
    for (const TaskRow& task : tasks) rows.push_back(&task);
    write_tasks(connection, rows);
    return {};
  });
}

Result<std::vector<IdempotencyRecord>> MysqlTransfer::answers(const IdempotencyRecord& after,
                                                              std::size_t limit) {
  return pool_.ask([&](Connection& connection) {
    std::vector<IdempotencyRecord> answers;
    const std::string& person = after.person.value();
    Rows rows = connection.query(kReadAnswers, {person, person, after.key, count_value(limit)});
    while (rows.next()) {
      answers.push_back(
          {PersonId(rows.text(0)), rows.text(1), rows.text(2), rows.text(3), rows.instant(4)});
    }
    return answers;
  });
}

Result<void> MysqlTransfer::put_answers(const std::vector<IdempotencyRecord>& answers) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    std::vector<const IdempotencyRecord*> rows;
    for (const IdempotencyRecord& answer : answers) {
      connection.change("DELETE FROM answers WHERE person = ? AND name = ?",
                        {answer.person.value(), answer.key});
      rows.push_back(&answer);
    }
    write_answers(connection, rows);
    return {};
  });
}

Result<std::vector<NumberSeries>> MysqlTransfer::number_series() {
  return pool_.ask([](Connection& connection) {
    std::vector<NumberSeries> all;
    Rows rows = connection.query(kReadSeries);
    while (rows.next()) all.push_back({rows.text(0), rows.number(1)});
    return all;
  });
}

Result<void> MysqlTransfer::put_number_series(const std::vector<NumberSeries>& all) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    Insertion insertion(connection, kPutSeries, "(?, ?)", kReplaceSeries);
    for (const NumberSeries& each : all) insertion.row().text(each.series).value(each.last);
    insertion.finish();
    return {};
  });
}

Result<std::vector<Account>> MysqlTransfer::accounts() {
  return pool_.ask([](Connection& connection) {
    std::vector<Account> accounts;
    Rows rows = connection.query(kReadAccounts);
    while (rows.next()) accounts.push_back({PersonId(rows.text(0)), rows.text(1)});
    return accounts;
  });
}

Result<void> MysqlTransfer::put_accounts(const std::vector<Account>& accounts) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    for (const Account& account : accounts)
      connection.change(kPutAccount, {account.password_hash, account.person.value()});
    return {};
  });
}

Result<std::vector<Session>> MysqlTransfer::sessions() {
  return pool_.ask([](Connection& connection) {
    std::vector<Session> sessions;
    Rows rows = connection.query(kReadSessions);
    while (rows.next())
      sessions.push_back({rows.text(0), PersonId(rows.text(1)), rows.instant(2), rows.text(3)});
    return sessions;
  });
}

Result<void> MysqlTransfer::put_sessions(const std::vector<Session>& sessions) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    Insertion insertion(connection, kPutSessions, kSessionRow, kReplaceSession);
    for (const Session& session : sessions) {
      insertion.row().text(session.token_digest).text(session.person.value());
      insertion.value(instant_value(session.expires_at)).text(session.password);
    }
    insertion.finish();
    return {};
  });
}

Result<void> MysqlTransfer::put_definition(const DefinitionRecord& record) {
  return pool_.transaction([&](Connection& connection) -> Result<void> {
    const DefinitionVersion& version = record.version;
    if (!has_version(connection, version.id, version.version)) {
      add_version(connection, version);
      add_event(connection, record.proposed);
    }
    if (record.decided && !has_decision(connection, version.id, version.version))
      add_event(connection, *record.decided);
    return {};
  });
}

}  // namespace mingjian::mysql
