#include "adapters/sqlite/store.h"

#include <string>
#include <utility>

#include "adapters/sqlite/commit.h"
#include "adapters/sqlite/queries.h"
#include "adapters/sqlite/rows.h"
#include "adapters/sqlite/timers.h"

namespace mingjian::sqlite {
namespace {

constexpr const char* kNextNumber =
    "INSERT INTO number_series (series, last) VALUES (?, 1) "
    "ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last";
constexpr const char* kReadEvents =
    "SELECT version, type, recorded_at, occurred_at, actor, body FROM events "
    "WHERE case_id = ? AND version > ? ORDER BY version LIMIT ?";
// Reads the file, which "SELECT 1" would not.
constexpr const char* kCheck = "SELECT 1 FROM cases LIMIT 1";
const std::string kNow = "SELECT " + now_text();
constexpr const char* kDropAnswers =
    "DELETE FROM answers WHERE rowid IN (SELECT rowid FROM answers WHERE at < ? ORDER BY at LIMIT "
    "?)";
constexpr const char* kReadCaseIds = "SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT ?";

const std::string kReadHead =
    std::string("SELECT ") + kHeadColumns + ", c.state FROM cases c WHERE c.id = ?";
const std::string kReadChanges =
    std::string("SELECT ") + kTaskColumns +
    ", c.number, c.title, t.changed_at FROM tasks t JOIN cases c ON c.id = t.case_id "
    "WHERE (t.changed_at, t.id) > (?, ?) ORDER BY t.changed_at, t.id LIMIT ?";
const std::string kReadTask =
    std::string("SELECT ") + kTaskColumns + " FROM tasks t WHERE t.id = ?";

}  // namespace

Result<CommitOutcome> SqliteStore::commit(Commit commit) {
  if (!is_whole(commit)) {
    return fail(ErrorKind::kInvalidInput, {"事件的版本不连续，没有写入",
                                           "the versions of the events have a gap; not written"});
  }
  return writer_.change([&](Connection& connection) { return write_commit(connection, commit); });
}

Result<std::int64_t> SqliteStore::next_number(const std::string& series) {
  return writer_.change([&](Connection& connection) -> std::int64_t {
    Prepared take = connection.prepare(kNextNumber);
    take->bind(1, series);
    take->executeStep();
    return take->getColumn(0).getInt64();
  });
}

Result<std::optional<IdempotencyRecord>> SqliteStore::find_answer(const PersonId& person,
                                                                  const std::string& key) {
  return readers_.run([&](Connection& connection) { return read_answer(connection, person, key); });
}

Result<std::optional<CaseHead>> SqliteStore::head(const CaseId& id) {
  return readers_.run([&](Connection& connection) -> std::optional<CaseHead> {
    Prepared read = connection.prepare(kReadHead.c_str());
    read->bind(1, id.value());
    if (!read->executeStep()) return std::nullopt;
    CaseHead head = head_of(*read);
    head.state = read->getColumn(kHeadColumnCount).getString();
    return head;
  });
}

Result<std::vector<EventRecord>> SqliteStore::events(const CaseId& id, Version after,
                                                     std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    Prepared read = connection.prepare(kReadEvents);
    read->bind(1, id.value());
    read->bind(2, bound_count(after));
    read->bind(3, bound_count(limit));
    std::vector<EventRecord> events;
    while (read->executeStep()) {
      events.push_back({id, static_cast<Version>(read->getColumn(0).getInt64()),
                        read->getColumn(1).getString(), Instant{read->getColumn(2).getInt64()},
                        Instant{read->getColumn(3).getInt64()},
                        PersonId(read->getColumn(4).getString()), read->getColumn(5).getString()});
    }
    return events;
  });
}

Result<std::vector<CaseHead>> SqliteStore::cases(const CaseQuery& query) {
  return readers_.run([&](Connection& connection) { return list_cases(connection, query); });
}

Result<std::vector<TaskListing>> SqliteStore::tasks(const TaskQuery& query) {
  return readers_.run([&](Connection& connection) { return list_tasks(connection, query); });
}

Result<std::size_t> SqliteStore::count_tasks(const TaskQuery& query) {
  return readers_.run(
      [&](Connection& connection) { return sqlite::count_tasks(connection, query); });
}

Result<std::vector<TaskChange>> SqliteStore::changed_tasks(Instant from, const TaskId& after,
                                                           std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    Prepared read = connection.prepare(kReadChanges.c_str());
    read->bind(1, static_cast<int64_t>(from.microseconds));
    read->bind(2, after.value());
    read->bind(3, bound_count(limit));
    std::vector<TaskChange> changes;
    while (read->executeStep()) {
      const TaskListing listing{task_of(*read), read->getColumn(kTaskColumnCount).getString(),
                                read->getColumn(kTaskColumnCount + 1).getString()};
      changes.push_back({listing, {read->getColumn(kTaskColumnCount + 2).getInt64()}});
    }
    return changes;
  });
}

Result<std::optional<TaskRow>> SqliteStore::task(const TaskId& id) {
  return readers_.run([&](Connection& connection) -> std::optional<TaskRow> {
    Prepared read = connection.prepare(kReadTask.c_str());
    read->bind(1, id.value());
    if (!read->executeStep()) return std::nullopt;
    return task_of(*read);
  });
}

Result<std::vector<CaseId>> SqliteStore::case_ids(const std::string& after, std::size_t limit) {
  return readers_.run([&](Connection& connection) {
    Prepared read = connection.prepare(kReadCaseIds);
    read->bind(1, after);
    read->bind(2, bound_count(limit));
    std::vector<CaseId> ids;
    while (read->executeStep()) ids.emplace_back(read->getColumn(0).getString());
    return ids;
  });
}

Result<std::vector<TimerRow>> SqliteStore::claim_timers(const TimerClaim& claim) {
  // Mostly nothing is due, and then no other process is kept from writing.
  auto due = readers_.run([&](Connection& connection) { return is_due(connection, claim); });
  if (!due) return tl::unexpected<Error>(due.error());
  if (!*due) return std::vector<TimerRow>();
  return writer_.change(
      [&](Connection& connection) { return sqlite::claim_timers(connection, claim); });
}

Result<std::optional<Instant>> SqliteStore::timer(const CaseId& id) {
  return readers_.run([&](Connection& connection) { return read_timer(connection, id); });
}

Result<void> SqliteStore::mend_timer(const CaseId& id, Version version, const TimerChange& timer) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    sqlite::mend_timer(connection, id, version, timer);
    return {};
  });
}

Result<Instant> SqliteStore::now() {
  return readers_.run([](Connection& connection) {
    Prepared read = connection.prepare(kNow.c_str());
    return Instant{read->executeStep() ? read->getColumn(0).getInt64() : 0};
  });
}

Result<std::size_t> SqliteStore::drop_answers(Instant before, std::size_t most) {
  return writer_.change([&](Connection& connection) {
    Prepared drop = connection.prepare(kDropAnswers);
    drop->bind(1, static_cast<int64_t>(before.microseconds));
    drop->bind(2, bound_count(most));
    return static_cast<std::size_t>(drop->exec());
  });
}

Result<Readiness> SqliteStore::check() {
  auto answered = readers_.run([](Connection& connection) {
    Prepared read = connection.prepare(kCheck);
    return read->executeStep() ? 1 : 0;
  });
  if (!answered) return tl::unexpected<Error>(answered.error());
  return writer_.counts().failing ? Readiness::kReading : Readiness::kAll;
}

}  // namespace mingjian::sqlite
