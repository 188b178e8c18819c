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

enum class Access {
  kCreate,  // read and write; the file is made where there is none
  kRead,    // refuses to write
};

// A connection that keeps its prepared statements. One thread at a time. Where another connection
// holds a lock it tries again every millisecond, for `patience_ms` in all: SQLite's own waiting
// grows to 100 ms a step, so that among several processes single waits become seconds.
class Connection {
 public:
  // Sets WAL, synchronous=FULL and foreign keys. `vfs`: the name of a virtual file system of
  // SQLite, empty for the usual one. Throws SQLite::Exception.
  Connection(const std::string& path, Access access, const std::string& vfs = {},
             int patience_ms = 10'000);

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
  const int patience_ms_;
  std::unordered_map<const char*, std::unique_ptr<SQLite::Statement>> statements_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> texts_;
};

// When an exception came: from a statement, so that the work is surely undone, or from COMMIT, when
// that is not known unless the code says so.
enum class Moment { kStatement, kCommit };

// What an exception of SQLite means to a caller of a port.
[[nodiscard]] Error error_of(const SQLite::Exception& exception, Moment moment);

// Whether the exception says something of the one command only (a constraint, a value too large),
// not of the database.
[[nodiscard]] bool concerns_command_only(const SQLite::Exception& exception);

}  // namespace mingjian::sqlite
