#include "tests/contract/fault_vfs.h"

namespace mingjian::testing {
namespace {

// What SQLite allocates for an open file: this, and behind it the file of the real system.
struct FaultFile {
  sqlite3_file base;
  FaultVfs* owner;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile* fault(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return fault(file)->real(); }
const sqlite3_io_methods* methods(sqlite3_file* file) { return real(file)->pMethods; }

int close_file(sqlite3_file* file) { return methods(file)->xClose(real(file)); }
int read(sqlite3_file* file, void* to, int bytes, sqlite3_int64 at) {
  const int verdict = fault(file)->owner->verdict_on_other();
  return verdict != SQLITE_OK ? verdict : methods(file)->xRead(real(file), to, bytes, at);
}
int write(sqlite3_file* file, const void* from, int bytes, sqlite3_int64 at) {
  const int verdict = fault(file)->owner->verdict_on_write();
  return verdict != SQLITE_OK ? verdict : methods(file)->xWrite(real(file), from, bytes, at);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  const int verdict = fault(file)->owner->verdict_on_other();
  return verdict != SQLITE_OK ? verdict : methods(file)->xTruncate(real(file), size);
}
int sync(sqlite3_file* file, int) { return fault(file)->owner->verdict_on_other(); }
int size_of(sqlite3_file* file, sqlite3_int64* size) {
  return methods(file)->xFileSize(real(file), size);
}
int lock(sqlite3_file* file, int level) { return methods(file)->xLock(real(file), level); }
int unlock(sqlite3_file* file, int level) { return methods(file)->xUnlock(real(file), level); }
int check_lock(sqlite3_file* file, int* held) {
  return methods(file)->xCheckReservedLock(real(file), held);
}
int control(sqlite3_file* file, int operation, void* argument) {
  return methods(file)->xFileControl(real(file), operation, argument);
}
int sector_size(sqlite3_file* file) { return methods(file)->xSectorSize(real(file)); }
int characteristics(sqlite3_file* file) {
  return methods(file)->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int page, int bytes, int extend, void volatile** memory) {
  return methods(file)->xShmMap(real(file), page, bytes, extend, memory);
}
int lock_shared(sqlite3_file* file, int offset, int count, int flags) {
  return methods(file)->xShmLock(real(file), offset, count, flags);
}
void fence_shared(sqlite3_file* file) { methods(file)->xShmBarrier(real(file)); }
int unmap_shared(sqlite3_file* file, int remove) {
  return methods(file)->xShmUnmap(real(file), remove);
}

constexpr sqlite3_io_methods kMethods = {2,
                                         close_file,
                                         read,
                                         write,
                                         truncate,
                                         sync,
                                         size_of,
                                         lock,
                                         unlock,
                                         check_lock,
                                         control,
                                         sector_size,
                                         characteristics,
                                         map_shared,
                                         lock_shared,
                                         fence_shared,
                                         unmap_shared,
                                         nullptr,
                                         nullptr};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* given) {
  FaultFile* const opened = fault(file);
  opened->base.pMethods = nullptr;
  opened->owner = static_cast<FaultVfs*>(vfs->pAppData);
  sqlite3_vfs* const below = opened->owner->real();
  const int code = below->xOpen(below, name, opened->real(), flags, given);
  if (opened->real()->pMethods != nullptr) opened->base.pMethods = &kMethods;
  return code;
}

// Without flushing the folder.
int remove_file(sqlite3_vfs* vfs, const char* name, int) {
  sqlite3_vfs* const below = static_cast<FaultVfs*>(vfs->pAppData)->real();
  return below->xDelete(below, name, 0);
}

std::string next_name() {
  static std::atomic<int> count = 0;
  return "mingjian-fault-" + std::to_string(++count);
}

}  // namespace

FaultVfs::FaultVfs() : real_(sqlite3_vfs_find(nullptr)), name_(next_name()), vfs_(*real_) {
  vfs_.szOsFile = static_cast<int>(sizeof(FaultFile)) + real_->szOsFile;
  vfs_.zName = name_.c_str();
  vfs_.pNext = nullptr;
  vfs_.pAppData = this;
  vfs_.xOpen = open_file;
  vfs_.xDelete = remove_file;
  sqlite3_vfs_register(&vfs_, 0);
}

FaultVfs::~FaultVfs() { sqlite3_vfs_unregister(&vfs_); }

void FaultVfs::fail(Operations operations, int nth, int code, int times) {
  operations_ = operations;
  until_ = nth;
  times_ = times;
  failures_ = 0;
  code_ = code;
}

int FaultVfs::verdict_on_write() { return verdict(); }

int FaultVfs::verdict_on_other() { return operations_ == Operations::kAll ? verdict() : SQLITE_OK; }

int FaultVfs::verdict() {
  const int code = code_;
  if (code == SQLITE_OK || --until_ > 0) return SQLITE_OK;
  if (failures_ >= times_) return SQLITE_OK;
  ++failures_;
  return code;
}

}  // namespace mingjian::testing
