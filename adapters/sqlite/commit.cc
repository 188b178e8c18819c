#include "adapters/sqlite/commit.h"

#include <string>

#include "adapters/sqlite/tables.h"
#include "adapters/sqlite/timers.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kReadAnswer =
    "SELECT fingerprint, answer, at FROM answers WHERE person = ? AND key = ?";
constexpr const char* kWriteAnswer =
    "INSERT INTO answers (person, key, fingerprint, answer, at) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kReadPresent = "SELECT version, stages FROM cases WHERE id = ?";

// What is there of a case before the command.
struct Present {
  Version version = 0;  // 0: no such case
  std::string stages;
};

Present read_present(Connection& connection, const CaseId& id) {
  Prepared read = connection.prepare(kReadPresent);
  read->bind(1, id.value());
  if (!read->executeStep()) return {};
  return {static_cast<Version>(read->getColumn(0).getInt64()), read->getColumn(1).getString()};
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
  if (commit.timer) write_timer(connection, commit.head.id, commit.timer->due_at);
  write_answer(connection, answer);
  return Committed{};
}

}  // namespace mingjian::sqlite
