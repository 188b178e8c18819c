#include "tests/bench/plain_sqlite.h"

#include <stdexcept>
#include <utility>

#include "adapters/sqlite/commit.h"
#include "adapters/sqlite/connection.h"
#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "tests/bench/stored_commits.h"

namespace mingjian::bench {
namespace {

template <class T>
T or_throw(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message.en);
  return std::move(*result);
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
  for (CaseCommits& commits : stored_commits(database->store(), commands / 2)) {
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
