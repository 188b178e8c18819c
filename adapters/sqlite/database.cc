#include "adapters/sqlite/database.h"

#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapters/sqlite/definitions.h"
#include "adapters/sqlite/directory.h"
#include "adapters/sqlite/leases.h"
#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/store.h"
#include "adapters/sqlite/transfer.h"
#include "adapters/sqlite/writer.h"

namespace mingjian {
namespace {

// Makes the file readable by its owner alone, which SQLite would not; its log inherits that. Only a
// file that was not there is touched: closing one that is open would drop SQLite's locks on it.
void create_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0) ::close(file);
}

// Whether other processes that open, or leave, the same new file at this moment are the reason: the
// change to WAL waits for no lock, and the last one to leave takes the log away.
bool comes_from_company(const SQLite::Exception& exception, const std::string& path, int tries) {
  constexpr int kMostForTheLog = 200;
  const int code = exception.getErrorCode() & 0xFF;
  if (code == SQLITE_BUSY) return true;
  return code == SQLITE_CANTOPEN && tries < kMostForTheLog &&
         std::filesystem::is_regular_file(path);
}

}  // namespace

struct SqliteDatabase::Rooms {
  Rooms(std::unique_ptr<sqlite::Connection> connection, const std::string& path,
        const SqliteOptions& options)
      : writer(std::move(connection), options.most_waiting),
        readers(path, options),
        store(writer, readers),
        directory(writer, readers),
        definitions(writer, readers),
        leases(writer),
        transfer(writer, readers) {}
  sqlite::Writer writer;
  sqlite::Readers readers;
  sqlite::SqliteStore store;
  sqlite::SqliteDirectory directory;
  sqlite::SqliteDefinitionStore definitions;
  sqlite::SqliteLeases leases;
  sqlite::SqliteTransfer transfer;
};

SqliteDatabase::SqliteDatabase(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
SqliteDatabase::~SqliteDatabase() = default;

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path,
                                                             const SqliteOptions& options) {
  create_private(path);
  const auto named = [&](Error error) {
    error.message = {path + "：" + error.message.zh, path + ": " + error.message.en};
    return tl::unexpected<Error>(std::move(error));
  };
  for (int tries = 0;; ++tries) {
    try {
      auto connection = std::make_unique<sqlite::Connection>(path, sqlite::Access::kCreate,
                                                             options.vfs, options.patience_ms);
      auto migrated = sqlite::migrate(*connection, sqlite::migrations());
      if (!migrated) return named(std::move(migrated.error()));
      return std::unique_ptr<SqliteDatabase>(
          new SqliteDatabase(std::make_unique<Rooms>(std::move(connection), path, options)));
    } catch (const SQLite::Exception& exception) {
      if (tries >= options.patience_ms || !comes_from_company(exception, path, tries))
        return named(sqlite::error_of(exception, sqlite::Moment::kStatement));
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
}

Store& SqliteDatabase::store() { return rooms_->store; }
Directory& SqliteDatabase::directory() { return rooms_->directory; }
DefinitionStore& SqliteDatabase::definitions() { return rooms_->definitions; }

Leases& SqliteDatabase::leases() { return rooms_->leases; }
Transfer& SqliteDatabase::transfer() { return rooms_->transfer; }
WriteCounts SqliteDatabase::counts() const { return rooms_->writer.counts(); }

}  // namespace mingjian
