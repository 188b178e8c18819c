#pragma once

#include <atomic>
#include <string>

#include <sqlite3.h>

namespace mingjian::testing {

// A file system for SQLite that does what the usual one does until told to fail, but for flushing
// to the disk: these tests cut no power, and a flush costs more than all the rest of them. Its name
// is for SqliteOptions::vfs. Must outlive the databases on it. Thread-safe.
class FaultVfs {
 public:
  enum class Operations { kWrites, kAll };  // kAll: reads, writes, truncations and flushes

  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  // The `nth` operation from now (from 1) fails, and `times - 1` after it, with the code that
  // SQLite has for it: SQLITE_FULL where there is no room, SQLITE_IOERR else.
  void fail(Operations operations, int nth, int code, int times);
  void heal() { code_ = SQLITE_OK; }
  // Operations that failed since fail().
  [[nodiscard]] int failures() const { return failures_; }

  // For the files: what an operation is to give, SQLITE_OK where it is to be done.
  [[nodiscard]] int verdict_on_write();
  [[nodiscard]] int verdict_on_other();
  [[nodiscard]] sqlite3_vfs* real() const { return real_; }

 private:
  int verdict();

  sqlite3_vfs* const real_;
  const std::string name_;
  sqlite3_vfs vfs_;
  std::atomic<int> code_ = SQLITE_OK;
  std::atomic<Operations> operations_ = Operations::kWrites;
  std::atomic<int> until_ = 0;
  std::atomic<int> times_ = 0;
  std::atomic<int> failures_ = 0;
};

}  // namespace mingjian::testing
