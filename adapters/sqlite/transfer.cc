#include "adapters/sqlite/transfer.h"

#include <string>

#include "adapters/sqlite/definitions.h"
#include "adapters/sqlite/rows.h"
#include "adapters/sqlite/tables.h"
#include "adapters/sqlite/timers.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kCountCases = "SELECT count(*) FROM cases";
const std::string kReadHeads = std::string("SELECT ") + kHeadColumns +
                               ", c.state FROM cases c WHERE c.id > ? ORDER BY c.id LIMIT ?";
constexpr const char* kReadEvents =
    "SELECT version, type, recorded_at, occurred_at, actor, body FROM events WHERE case_id = ? "
    "ORDER BY version";
const std::string kReadTasks =
    std::string("SELECT ") + kTaskColumns + " FROM tasks t WHERE t.id > ? ORDER BY t.id LIMIT ?";
constexpr const char* kReadMembers =
    "SELECT person, duty FROM members WHERE case_id = ? ORDER BY person, duty";
constexpr const char* kReadVersion = "SELECT version FROM cases WHERE id = ?";
constexpr const char* kDropEvents = "DELETE FROM events WHERE case_id = ?";
constexpr const char* kReadAnswers =
    "SELECT person, key, fingerprint, answer, at FROM answers WHERE (person, key) > (?, ?) "
    "ORDER BY person, key LIMIT ?";
constexpr const char* kPutAnswer =
    "INSERT OR REPLACE INTO answers (person, key, fingerprint, answer, at) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kReadSeries = "SELECT series, last FROM number_series ORDER BY series";
constexpr const char* kPutSeries =
    "INSERT OR REPLACE INTO number_series (series, last) VALUES (?, ?)";
constexpr const char* kReadAccounts =
    "SELECT id, password_hash FROM people WHERE password_hash IS NOT NULL ORDER BY id";
constexpr const char* kPutAccount = "UPDATE people SET password_hash = ? WHERE id = ?";
constexpr const char* kReadSessions =
    "SELECT token_digest, person, expires_at, password FROM sessions ORDER BY token_digest";
constexpr const char* kPutSession =
    "INSERT OR REPLACE INTO sessions (token_digest, person, expires_at, password) "
    "VALUES (?, ?, ?, ?)";

std::vector<EventRecord> events_of(Connection& connection, const CaseId& id) {
  std::vector<EventRecord> events;
  Prepared read = connection.prepare(kReadEvents);
  read->bind(1, id.value());
  while (read->executeStep()) {
    events.push_back({id, static_cast<Version>(read->getColumn(0).getInt64()),
                      read->getColumn(1).getString(), Instant{read->getColumn(2).getInt64()},
                      Instant{read->getColumn(3).getInt64()},
                      PersonId(read->getColumn(4).getString()), read->getColumn(5).getString()});
  }
  return events;
}

std::vector<MemberRow> members_of(Connection& connection, const CaseId& id) {
  std::vector<MemberRow> members;
  Prepared read = connection.prepare(kReadMembers);
  read->bind(1, id.value());
  while (read->executeStep())
    members.push_back({PersonId(read->getColumn(0).getString()), read->getColumn(1).getString()});
  return members;
}

void drop_events(Connection& connection, const CaseId& id) {
  Prepared drop = connection.prepare(kDropEvents);
  drop->bind(1, id.value());
  drop->exec();
}

Version version_of(Connection& connection, const CaseId& id) {
  Prepared read = connection.prepare(kReadVersion);
  read->bind(1, id.value());
  return read->executeStep() ? static_cast<Version>(read->getColumn(0).getInt64()) : 0;
}

void put(Connection& connection, const CaseFile& file) {
  const CaseId& id = file.head.id;
  drop_events(connection, id);
  static_cast<void>(write_head(connection, file.head, version_of(connection, id)));
  write_events(connection, file.events);
  write_stages(connection, file.head);
  write_members(connection, id, file.members);
  write_timer(connection, id, file.due_at);
}

}  // namespace

Result<std::size_t> SqliteTransfer::count_cases() {
  return readers_.run([](Connection& connection) {
    Prepared read = connection.prepare(kCountCases);
    read->executeStep();
    return static_cast<std::size_t>(read->getColumn(0).getInt64());
  });
}

Result<std::vector<CaseFile>> SqliteTransfer::case_files(const std::string& after,
                                                         std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    std::vector<CaseFile> files;
    Prepared read = connection.prepare(kReadHeads.c_str());
    read->bind(1, after);
    read->bind(2, static_cast<int64_t>(limit));
    while (read->executeStep()) {
      CaseFile file{head_of(*read), {}, {}};
      file.head.state = read->getColumn(kHeadColumnCount).getString();
      file.events = events_of(connection, file.head.id);
      file.members = members_of(connection, file.head.id);
      file.due_at = read_timer(connection, file.head.id);
      files.push_back(std::move(file));
    }
    return files;
  });
}

Result<void> SqliteTransfer::put_case_files(const std::vector<CaseFile>& files) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const CaseFile& file : files) put(connection, file);
    return {};
  });
}

Result<std::vector<TaskRow>> SqliteTransfer::tasks(const std::string& after, std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    std::vector<TaskRow> tasks;
    Prepared read = connection.prepare(kReadTasks.c_str());
    read->bind(1, after);
    read->bind(2, static_cast<int64_t>(limit));
    while (read->executeStep()) tasks.push_back(task_of(*read));
    return tasks;
  });
}

Result<void> SqliteTransfer::put_tasks(const std::vector<TaskRow>& tasks) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const TaskRow& task : tasks) write_task(connection, task);
    return {};
  });
}

Result<std::vector<IdempotencyRecord>> SqliteTransfer::answers(const IdempotencyRecord& after,
                                                               std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    std::vector<IdempotencyRecord> answers;
    Prepared read = connection.prepare(kReadAnswers);
    read->bind(1, after.person.value());
    read->bind(2, after.key);
    read->bind(3, static_cast<int64_t>(limit));
    while (read->executeStep()) {
      answers.push_back({PersonId(read->getColumn(0).getString()), read->getColumn(1).getString(),
                         read->getColumn(2).getString(), read->getColumn(3).getString(),
                         Instant{read->getColumn(4).getInt64()}});
    }
    return answers;
  });
}

Result<void> SqliteTransfer::put_answers(const std::vector<IdempotencyRecord>& answers) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const IdempotencyRecord& answer : answers) {
      Prepared put = connection.prepare(kPutAnswer);
      put->bind(1, answer.person.value());
      put->bind(2, answer.key);
      put->bind(3, answer.fingerprint);
      put->bind(4, answer.answer);
      put->bind(5, static_cast<int64_t>(answer.at.microseconds));
      put->exec();
    }
    return {};
  });
}

Result<std::vector<NumberSeries>> SqliteTransfer::number_series() {
  return readers_.run([](Connection& connection) {
    std::vector<NumberSeries> all;
    Prepared read = connection.prepare(kReadSeries);
    while (read->executeStep())
      all.push_back({read->getColumn(0).getString(), read->getColumn(1).getInt64()});
    return all;
  });
}

Result<void> SqliteTransfer::put_number_series(const std::vector<NumberSeries>& all) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const NumberSeries& each : all) {
      Prepared put = connection.prepare(kPutSeries);
      put->bind(1, each.series);
      put->bind(2, static_cast<int64_t>(each.last));
      put->exec();
    }
    return {};
  });
}

Result<std::vector<Account>> SqliteTransfer::accounts() {
  return readers_.run([](Connection& connection) {
    std::vector<Account> accounts;
    Prepared read = connection.prepare(kReadAccounts);
    while (read->executeStep())
      accounts.push_back(
          {PersonId(read->getColumn(0).getString()), read->getColumn(1).getString()});
    return accounts;
  });
}

Result<void> SqliteTransfer::put_accounts(const std::vector<Account>& accounts) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const Account& account : accounts) {
      Prepared put = connection.prepare(kPutAccount);
      put->bind(1, account.password_hash);
      put->bind(2, account.person.value());
      put->exec();
    }
    return {};
  });
}

Result<std::vector<Session>> SqliteTransfer::sessions() {
  return readers_.run([](Connection& connection) {
    std::vector<Session> sessions;
    Prepared read = connection.prepare(kReadSessions);
    while (read->executeStep()) {
      sessions.push_back({read->getColumn(0).getString(), PersonId(read->getColumn(1).getString()),
                          Instant{read->getColumn(2).getInt64()}, read->getColumn(3).getString()});
    }
    return sessions;
  });
}

Result<void> SqliteTransfer::put_sessions(const std::vector<Session>& sessions) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    for (const Session& session : sessions) {
      Prepared put = connection.prepare(kPutSession);
      put->bind(1, session.token_digest);
      put->bind(2, session.person.value());
      put->bind(3, static_cast<int64_t>(session.expires_at.microseconds));
      put->bind(4, session.password);
      put->exec();
    }
    return {};
  });
}

Result<void> SqliteTransfer::put_definition(const DefinitionRecord& record) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    static_cast<void>(add_version(connection, record.version));
    static_cast<void>(add_event(connection, record.proposed));
    if (record.decided) static_cast<void>(add_event(connection, *record.decided));
    return {};
  });
}

}  // namespace mingjian::sqlite
