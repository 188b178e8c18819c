#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include <SQLiteCpp/SQLiteCpp.h>

#include "engine/base/result.h"

namespace mingjian::sqlite {

// A statement in use. It is reset at the end of its use: one that is left half read would hold the
// connection to an old snapshot.
class Prepared {
 public:
  explicit Prepared(SQLite::Statement& statement) : statement_(statement) {}
  ~Prepared() {
    statement_.tryReset();
    statement_.clearBindings();
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;

  SQLite::Statement* operator->() { return &statement_; }
  SQLite::Statement& operator*() { return statement_; }

 private:
  SQLite::Statement& statement_;
};

// A connection that keeps its prepared statements. One thread at a time.
class Connection {
 public:
  // Throws SQLite::Exception. Sets WAL, synchronous=FULL, foreign keys and a busy timeout of 5 s.
  Connection(const std::string& path, int flags);

  // The statement of `sql`. `sql` must be a constant: its address is the key. Throws
  // SQLite::Exception.
  Prepared prepare(const char* sql);

  // The same for a text made at run time.
  Prepared prepare_text(const std::string& sql);

  // Runs a constant statement without bindings.
  void run(const char* sql) { prepare(sql)->exec(); }

  SQLite::Database& database() { return database_; }
  // Whether a transaction is open (SQLite gives some up by itself, e.g. when the disk is full).
  bool in_transaction();

 private:
  SQLite::Database database_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> texts_;
};

// What an exception of SQLite means to a caller of a port. `at_commit`: it came from COMMIT, so
// whether the work is there is not known unless the code says so.
enum class Moment { kStatement, kCommit };
[[nodiscard]] Error error_of(const SQLite::Exception& exception, Moment moment);

}  // namespace mingjian::sqlite
