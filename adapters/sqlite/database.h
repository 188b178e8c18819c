#pragma once

#include <memory>
#include <string>

#include "adapters/sqlite/options.h"
#include "engine/base/result.h"
#include "engine/ports/database.h"

namespace mingjian {

// The embedded database: one SQLite file in WAL mode with synchronous=FULL. Any number of processes
// of one machine may have the file open. Thread-safe.
class SqliteDatabase : public Database {
 public:
  // Opens or creates the file (for its owner only) and brings its schema up to date; a failed
  // migration changes nothing. Errors: kUnavailable, kStorageFull, kCorrupt; kInvalidInput where
  // the schema is newer than this program knows.
  [[nodiscard]] static Result<std::unique_ptr<SqliteDatabase>> open(
      const std::string& path, const SqliteOptions& options = {});
  // Requires that no call is under way. What was acknowledged stays; the file is closed.
  ~SqliteDatabase() override;

  Store& store() override;
  Directory& directory() override;
  DefinitionStore& definitions() override;
  Leases& leases() override;
  Transfer& transfer() override;
  WriteCounts counts() const override;

 private:
  struct Rooms;
  explicit SqliteDatabase(std::unique_ptr<Rooms> rooms);
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace mingjian
