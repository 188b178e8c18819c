#include "adapters/mysql/store.h"

#include <string>
#include <utility>

#include "adapters/mysql/commit.h"
#include "adapters/mysql/queries.h"
#include "adapters/mysql/rows.h"
#include "adapters/mysql/timers.h"

namespace mingjian::mysql {
namespace {

const std::string kNow = "SELECT " + selected_instant("UTC_TIMESTAMP(6)");
const std::string kDropAnswers =
    std::string("DELETE FROM answers WHERE at < ") + kInstant + " ORDER BY at LIMIT ?";

const std::string kUuidText = kUuid;
const std::string kReadEvents = "SELECT version, type, " + selected_instant("recorded_at") + ", " +
                                selected_instant("occurred_at") +
                                ", actor, body FROM events WHERE case_id = " + kUuidText +
                                " AND version > ? ORDER BY version LIMIT ?";
const std::string kReadCaseIds = "SELECT " + selected_uuid("id") + " FROM cases WHERE id > " +
                                 kUuidText + " ORDER BY id LIMIT ?";
const std::string kReadFirstCaseIds =
    "SELECT " + selected_uuid("id") + " FROM cases ORDER BY id LIMIT ?";
const std::string kReadHead =
    "SELECT " + head_columns() + ", c.state FROM cases c WHERE c.id = " + kUuidText;
const std::string kReadTask =
    "SELECT " + task_columns() + " FROM tasks t WHERE t.id = " + kUuidText;

}  // namespace

Result<CommitOutcome> MysqlStore::commit(Commit commit) {
  if (!is_whole(commit)) {
    return fail(ErrorKind::kInvalidInput, {"事件的版本不连续，没有写入",
                                           "the versions of the events have a gap; not written"});
  }
  return writer_.commit(std::move(commit));
}

Result<std::int64_t> MysqlStore::next_number(const std::string& series) {
  return numbers_.next(series);
}

Result<std::optional<IdempotencyRecord>> MysqlStore::find_answer(const PersonId& person,
                                                                 const std::string& key) {
  return pool_.ask([&](Connection& connection) { return read_answer(connection, person, key); });
}

Result<std::optional<CaseHead>> MysqlStore::head(const CaseId& id) {
  return pool_.ask([&](Connection& connection) -> std::optional<CaseHead> {
    Rows rows = connection.query(kReadHead, {uuid_value(id.value())});
    if (!rows.next()) return std::nullopt;
    CaseHead head = head_of(rows);
    head.state = rows.text(kHeadColumnCount);
    return head;
  });
}

Result<std::vector<EventRecord>> MysqlStore::events(const CaseId& id, Version after,
                                                    std::size_t limit) {
  return pool_.ask([&](Connection& connection) {
    Rows rows = connection.query(kReadEvents,
                                 {uuid_value(id.value()), count_value(after), count_value(limit)});
    std::vector<EventRecord> events;
    while (rows.next()) {
      events.push_back({id, static_cast<Version>(rows.number(0)), rows.text(1), rows.instant(2),
                        rows.instant(3), PersonId(rows.text(4)), rows.text(5)});
    }
    return events;
  });
}

Result<std::vector<CaseHead>> MysqlStore::cases(const CaseQuery& query) {
  return pool_.ask([&](Connection& connection) { return list_cases(connection, query); });
}

Result<std::vector<TaskListing>> MysqlStore::tasks(const TaskQuery& query) {
  return pool_.ask([&](Connection& connection) { return list_tasks(connection, query); });
}

Result<std::size_t> MysqlStore::count_tasks(const TaskQuery& query) {
  return pool_.ask([&](Connection& connection) { return mysql::count_tasks(connection, query); });
}

Result<std::vector<TaskChange>> MysqlStore::changed_tasks(Instant from, const TaskId& after,
                                                          std::size_t limit) {
  return pool_.ask(
      [&](Connection& connection) { return list_changes(connection, from, after, limit); });
}

Result<std::optional<TaskRow>> MysqlStore::task(const TaskId& id) {
  return pool_.ask([&](Connection& connection) -> std::optional<TaskRow> {
    Rows rows = connection.query(kReadTask, {uuid_value(id.value())});
    if (!rows.next()) return std::nullopt;
    return task_of(rows);
  });
}

Result<std::vector<CaseId>> MysqlStore::case_ids(const std::string& after, std::size_t limit) {
  return pool_.ask([&](Connection& connection) {
    Rows rows = after.empty()
                    ? connection.query(kReadFirstCaseIds, {count_value(limit)})
                    : connection.query(kReadCaseIds, {uuid_value(after), count_value(limit)});
    std::vector<CaseId> ids;
    while (rows.next()) ids.emplace_back(rows.uuid(0));
    return ids;
  });
}

Result<std::vector<TimerRow>> MysqlStore::claim_timers(const TimerClaim& claim) {
  auto due = pool_.ask([&](Connection& connection) { return read_claimable(connection, claim); });
  if (!due) return tl::unexpected<Error>(due.error());
  if (due->empty()) return std::vector<TimerRow>();
  auto claimed = pool_.statement([&](Connection& connection) -> Result<void> {
    claim_as_read(connection, claim, *due);
    return {};
  });
  if (!claimed) return tl::unexpected<Error>(claimed.error());
  return pool_.ask([&](Connection& connection) { return read_claimed(connection, claim, *due); });
}

Result<std::optional<Instant>> MysqlStore::timer(const CaseId& id) {
  return pool_.ask([&](Connection& connection) { return read_timer(connection, id); });
}

Result<void> MysqlStore::mend_timer(const CaseId& id, Version version, const TimerChange& timer) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    mysql::mend_timer(connection, id, version, timer);
    return {};
  });
}

Result<Instant> MysqlStore::now() {
  return pool_.ask([](Connection& connection) {
    Rows rows = connection.query(kNow);
    return rows.next() ? rows.instant(0) : Instant{};
  });
}

Result<std::size_t> MysqlStore::drop_answers(Instant before, std::size_t most) {
  return pool_.ask([&](Connection& connection) -> std::size_t {
    return connection.change(kDropAnswers, {instant_value(before), count_value(most)});
  });
}

Result<Readiness> MysqlStore::check() {
  auto answers = pool_.check();
  if (!answers) return tl::unexpected<Error>(answers.error());
  return writer_.counts().failing ? Readiness::kReading : Readiness::kAll;
}

}  // namespace mingjian::mysql
