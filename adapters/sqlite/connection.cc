#include "adapters/sqlite/connection.h"

#include <sqlite3.h>

namespace mingjian::sqlite {
namespace {

constexpr int kBusyMilliseconds = 5000;
constexpr std::size_t kMostTexts = 64;

}  // namespace

Connection::Connection(const std::string& path, int flags)
    : database_(path, flags, kBusyMilliseconds) {
  database_.exec("PRAGMA journal_mode = WAL");
  database_.exec("PRAGMA synchronous = FULL");
  database_.exec("PRAGMA foreign_keys = ON");
}

Prepared Connection::prepare(const char* sql) {
  auto& slot = statements_[sql];
  if (!slot) slot = std::make_unique<SQLite::Statement>(database_, sql);
  return Prepared(*slot);
}

Prepared Connection::prepare_text(const std::string& sql) {
  const auto found = texts_.find(sql);
  if (found != texts_.end()) return Prepared(*found->second);
  if (texts_.size() >= kMostTexts) texts_.clear();
  auto& slot = texts_[sql];
  slot = std::make_unique<SQLite::Statement>(database_, sql);
  return Prepared(*slot);
}

bool Connection::in_transaction() { return sqlite3_get_autocommit(database_.getHandle()) == 0; }

Error error_of(const SQLite::Exception& exception, Moment moment) {
  const std::string detail = exception.what();
  switch (exception.getErrorCode()) {
    case SQLITE_FULL:
      return {ErrorKind::kStorageFull,
              {"存储空间已满，没有写入：" + detail,
               "the storage is full, nothing was written: " + detail}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::kCorrupt,
              {"数据库文件损坏：" + detail, "the database file is damaged: " + detail}};
    default:
      break;
  }
  const bool unknown = moment == Moment::kCommit && exception.getErrorCode() == SQLITE_IOERR;
  return {unknown ? ErrorKind::kOutcomeUnknown : ErrorKind::kUnavailable,
          {"数据库暂不可用：" + detail, "the database is not available now: " + detail}};
}

}  // namespace mingjian::sqlite
