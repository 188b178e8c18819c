#include "adapters/sqlite/backup.h"

#include <filesystem>
#include <system_error>

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapters/sqlite/connection.h"

namespace mingjian {
namespace {

constexpr int kPagesAtOnce = 2'000;

void copy(const std::string& from, const std::string& to, const PagesDone& done) {
  SQLite::Database source(from, SQLite::OPEN_READWRITE);
  source.setBusyTimeout(10'000);
  // One moment of the source for all of the copy: without it each foreign write would begin it
  // anew.
  source.exec("BEGIN");
  static_cast<void>(source.execAndGet("SELECT count(*) FROM sqlite_schema"));
  SQLite::Database target(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  SQLite::Backup backup(target, source);
  while (backup.executeStep(kPagesAtOnce) != SQLITE_DONE) {
    const auto total = static_cast<std::size_t>(backup.getTotalPageCount());
    if (done) done(total - static_cast<std::size_t>(backup.getRemainingPageCount()), total);
  }
}

// Whether the file is whole, by SQLite's own check.
bool is_sound(const std::string& path) {
  SQLite::Database database(path, SQLite::OPEN_READWRITE);
  const bool sound = database.execAndGet("PRAGMA integrity_check").getString() == "ok";
  // Back from the mode of the source, which would leave a log beside the copy.
  database.exec("PRAGMA journal_mode = DELETE");
  return sound;
}

// To the disk, with its name.
bool flush(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool flushed = ::fsync(file) == 0;
  ::close(file);
  return flushed;
}

bool give_name(const std::string& from, const std::string& to) {
  // A link fails where the name is taken; a rename would replace.
  if (::link(from.c_str(), to.c_str()) != 0) return false;
  ::unlink(from.c_str());
  const auto folder = std::filesystem::absolute(to).parent_path().string();
  return flush(folder, O_RDONLY | O_DIRECTORY);
}

tl::unexpected<Error> unavailable(const std::string& path) {
  return fail(ErrorKind::kUnavailable, {"无法写入 " + path, "cannot write " + path});
}

}  // namespace

Result<void> back_up_sqlite(const std::string& from, const std::string& to, const PagesDone& done) {
  if (!std::filesystem::is_regular_file(from))
    return fail(ErrorKind::kNotFound,
                {"没有数据库文件 " + from, "there is no database file " + from});
  // A log that is left of another database would be played into this one.
  for (const std::string& taken : {to, to + "-wal", to + "-shm", to + "-journal"}) {
    if (std::filesystem::exists(taken))
      return fail(ErrorKind::kConflict,
                  {"已有文件 " + taken, "there is a file " + taken + " already"});
  }
  const std::string part = to + ".part";
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  // For its owner only, as the database itself.
  const int file = ::open(part.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return unavailable(part);
  ::close(file);
  Result<void> result;
  try {
    copy(from, part, done);
    if (!is_sound(part)) {
      result =
          fail(ErrorKind::kCorrupt, {"副本有损坏：" + from, "the copy of " + from + " is damaged"});
    } else if (!flush(part, O_RDWR) || !give_name(part, to)) {
      result = unavailable(to);
    }
  } catch (const SQLite::Exception& exception) {
    result = tl::unexpected<Error>(sqlite::error_of(exception, sqlite::Moment::kStatement));
  }
  if (!result) std::filesystem::remove(part, ignored);
  return result;
}

}  // namespace mingjian
