#include "tests/bench/plain_sqlite.h"

#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "adapters/sqlite/commit.h"
#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "engine/case/evolve.h"
#include "engine/service/records.h"

namespace mingjian::bench {
namespace {

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en);
  return std::move(*result);
}

// The commits that made a case, one for each of its events.
std::vector<Commit> commits_of(Store& store, const CaseId& id) {
  std::vector<Commit> commits;
  CaseState state;
  state.id = id;
  for (EventRecord& record : or_throw(store.events(id, 0, 100))) {
    const Event event = or_throw(event_from_json(Json::parse(record.body)));
    const Version before = state.version;
    evolve(state, event);
    commits.push_back(
        {.expected = before,
         .head = head_record(state),
         .events = {},
         .tasks = {},
         .members = std::nullopt,
         .idempotency = {event.actor, id.value() + "-" + std::to_string(before),
                         std::string(64, '0'), answer_json(state, {event}), event.recorded_at}});
    commits.back().events.push_back(std::move(record));
  }
  return commits;
}

void write(sqlite::Connection& connection, const Commit& commit) {
  connection.run("BEGIN IMMEDIATE");
  if (!std::holds_alternative<Committed>(sqlite::write_commit(connection, commit)))
    throw std::runtime_error("plain SQLite did not write a commit");
  connection.run("COMMIT");
}

}  // namespace

Figures measure_plain_sqlite(const std::string& served, const std::string& fresh,
                             std::size_t commands) {
  const auto database = or_throw(SqliteDatabase::open(served));
  sqlite::Connection connection(fresh, sqlite::Access::kCreate);
  if (!sqlite::migrate(connection, sqlite::migrations()))
    throw std::runtime_error("no schema for plain SQLite");
  std::vector<Commit> transitions;
  for (const CaseId& id : or_throw(database->store().case_ids("", commands / 2))) {
    auto commits = commits_of(database->store(), id);
    write(connection, commits.front());  // its filing, which is not measured
    for (std::size_t i = 1; i < commits.size(); ++i) transitions.push_back(std::move(commits[i]));
  }
  Figures figures;
  const Stopwatch whole;
  for (const Commit& commit : transitions) {
    const Stopwatch one;
    write(connection, commit);
    figures.waits_ms.push_back(one.seconds() * 1e3);
  }
  figures.seconds = whole.seconds();
  std::sort(figures.waits_ms.begin(), figures.waits_ms.end());
  return figures;
}

}  // namespace mingjian::bench
