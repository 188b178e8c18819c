#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/sqlite/options.h"
#include "engine/base/result.h"
#include "engine/ports/definition_store.h"
#include "engine/ports/directory.h"
#include "engine/ports/store.h"

namespace mingjian {

// The embedded database: one SQLite file in WAL mode with synchronous=FULL. Any number of processes
// of one machine may have the file open. Thread-safe.
class SqliteDatabase {
 public:
  struct Statistics {
    std::uint64_t writes = 0;        // whose transaction was committed
    std::uint64_t transactions = 0;  // fewer than writes where writes waited together
    std::size_t waiting = 0;         // writes in the queue now
    std::size_t running = 0;         // writes in the transaction under way
  };

  // Opens or creates the file (for its owner only) and brings its schema up to date; a failed
  // migration changes nothing. Errors: kUnavailable, kStorageFull, kCorrupt; kInvalidInput where
  // the schema is newer than this program knows.
  [[nodiscard]] static Result<std::unique_ptr<SqliteDatabase>> open(
      const std::string& path, const SqliteOptions& options = {});
  // Requires that no call is under way. What was acknowledged stays; the file is closed.
  ~SqliteDatabase();

  [[nodiscard]] Store& store();
  [[nodiscard]] Directory& directory();
  [[nodiscard]] DefinitionStore& definitions();
  [[nodiscard]] Statistics statistics() const;

 private:
  struct Rooms;
  explicit SqliteDatabase(std::unique_ptr<Rooms> rooms);
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace mingjian
