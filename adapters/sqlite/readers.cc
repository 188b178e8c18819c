#include "adapters/sqlite/readers.h"

#include <utility>

namespace mingjian::sqlite {

Readers::Readers(std::string path, SqliteOptions options)
    : path_(std::move(path)), options_(std::move(options)), room_(options_.readers) {}

std::unique_ptr<Connection> Readers::take() {
  std::unique_lock lock(mutex_);
  returned_.wait(lock, [this] { return !idle_.empty() || room_ > 0; });
  if (!idle_.empty()) {
    auto connection = std::move(idle_.back());
    idle_.pop_back();
    return connection;
  }
  --room_;
  lock.unlock();
  try {
    return std::make_unique<Connection>(path_, Access::kRead, options_.vfs, options_.patience_ms);
  } catch (...) {
    lock.lock();
    ++room_;
    lock.unlock();
    returned_.notify_one();  // somebody else may have better luck
    throw;
  }
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace mingjian::sqlite
