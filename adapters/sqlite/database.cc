#include "adapters/sqlite/database.h"

#include <array>
#include <utility>

#include "adapters/sqlite/directory.h"
#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/store.h"
#include "adapters/sqlite/writer.h"

namespace mingjian {
namespace {

// schema/001.sql, 002.sql, ... in order; PRAGMA user_version counts those that were applied.
constexpr std::array kMigrations = {
#include "schema.inc"
};

constexpr std::size_t kReaders = 8;

Result<void> migrate(sqlite::Connection& connection) {
  SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
  const int present = connection.database().execAndGet("PRAGMA user_version").getInt();
  if (present > static_cast<int>(kMigrations.size())) {
    const auto version = std::to_string(present);
    return fail(ErrorKind::kInvalidInput,
                {"数据库的结构版本 " + version + " 比本程序新，请使用更新的程序",
                 "the schema of the database is version " + version +
                     ", newer than this program; use a newer one"});
  }
  for (auto next = static_cast<std::size_t>(present); next < kMigrations.size(); ++next) {
    connection.database().exec(kMigrations[next]);
  }
  connection.database().exec("PRAGMA user_version = " + std::to_string(kMigrations.size()));
  transaction.commit();
  return {};
}

}  // namespace

struct SqliteDatabase::Rooms {
  Rooms(std::unique_ptr<sqlite::Connection> connection, const std::string& path)
      : writer(std::move(connection)),
        readers(path, kReaders),
        store(writer, readers),
        directory(writer, readers) {}
  sqlite::Writer writer;
  sqlite::Readers readers;
  sqlite::SqliteStore store;
  sqlite::SqliteDirectory directory;
};

SqliteDatabase::SqliteDatabase(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
SqliteDatabase::~SqliteDatabase() = default;

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const std::string& path) {
  try {
    auto connection =
        std::make_unique<sqlite::Connection>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    auto migrated = migrate(*connection);
    if (!migrated) return tl::unexpected<Error>(migrated.error());
    return std::unique_ptr<SqliteDatabase>(
        new SqliteDatabase(std::make_unique<Rooms>(std::move(connection), path)));
  } catch (const SQLite::Exception& exception) {
    Error error = sqlite::error_of(exception, sqlite::Moment::kStatement);
    error.message = {path + "：" + error.message.zh, path + ": " + error.message.en};
    return tl::unexpected<Error>(std::move(error));
  }
}

Store& SqliteDatabase::store() { return rooms_->store; }
Directory& SqliteDatabase::directory() { return rooms_->directory; }

SqliteDatabase::Statistics SqliteDatabase::statistics() const {
  return {rooms_->writer.jobs(), rooms_->writer.transactions()};
}

}  // namespace mingjian
