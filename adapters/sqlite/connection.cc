#include "adapters/sqlite/connection.h"

#include <chrono>
#include <thread>

#include <sqlite3.h>

namespace mingjian::sqlite {
namespace {

constexpr std::size_t kMostTexts = 256;

int flags_of(Access access) {
  return access == Access::kCreate ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                   : SQLite::OPEN_READWRITE;
}

// Called by SQLite before the `tries`-th time it tries a lock again; 0 gives up.
int wait_for_lock(void* patience_ms, int tries) {
  if (tries >= *static_cast<const int*>(patience_ms)) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return 1;
}

// The code without its details (SQLITE_IOERR_WRITE becomes SQLITE_IOERR).
int primary_code(const SQLite::Exception& exception) { return exception.getErrorCode() & 0xFF; }

}  // namespace

Connection::Connection(const std::string& path, Access access, const std::string& vfs,
                       int patience_ms)
    : database_(path, flags_of(access), 0, vfs), patience_ms_(patience_ms) {
  sqlite3_busy_handler(database_.getHandle(), wait_for_lock, const_cast<int*>(&patience_ms_));
  const std::string mode = database_.execAndGet("PRAGMA journal_mode = WAL").getString();
  // SQLite answers with the old mode where a file system cannot do WAL, instead of failing.
  if (mode != "wal") throw SQLite::Exception("no write-ahead log here, only " + mode, SQLITE_IOERR);
  database_.exec("PRAGMA synchronous = FULL");
  database_.exec("PRAGMA foreign_keys = ON");
  if (access == Access::kRead) database_.exec("PRAGMA query_only = ON");
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
  auto statement = std::make_unique<SQLite::Statement>(database_, sql);
  return Prepared(*texts_.emplace(sql, std::move(statement)).first->second);
}

bool Connection::in_transaction() { return sqlite3_get_autocommit(database_.getHandle()) == 0; }

Error error_of(const SQLite::Exception& exception, Moment moment) {
  const std::string detail = exception.what();
  switch (primary_code(exception)) {
    case SQLITE_FULL:
      return {ErrorKind::kStorageFull,
              {"存储空间已满，没有写入：" + detail,
               "the storage is full, nothing was written: " + detail}};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::kCorrupt,
              {"数据库文件损坏：" + detail, "the database file is damaged: " + detail}};
    case SQLITE_CONSTRAINT:
      return {ErrorKind::kConflict,
              {"与已有的数据冲突：" + detail, "this contradicts what is stored: " + detail}};
    case SQLITE_TOOBIG:
      return {ErrorKind::kInvalidInput,
              {"内容过大，无法保存：" + detail, "too large to be stored: " + detail}};
    case SQLITE_IOERR:
      if (moment == Moment::kStatement) break;
      return {ErrorKind::kOutcomeUnknown,
              {"无法确定是否已写入，请按幂等键查询：" + detail,
               "written or not is unknown; ask by the idempotency key: " + detail}};
    default:
      break;
  }
  return {ErrorKind::kUnavailable,
          {"数据库暂不可用：" + detail, "the database is not available now: " + detail}};
}

bool concerns_command_only(const SQLite::Exception& exception) {
  const int code = primary_code(exception);
  return code == SQLITE_CONSTRAINT || code == SQLITE_TOOBIG;
}

}  // namespace mingjian::sqlite
