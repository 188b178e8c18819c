#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/mysql/pool.h"
#include "engine/base/result.h"

namespace mingjian::mysql {

// Counts series of numbers. Those who wait for a number of the same series take theirs together:
// each taking is a durable transaction on one row, and would otherwise hold up all behind it.
// Thread-safe.
class Numbers {
 public:
  // `pool` must outlive it.
  explicit Numbers(Pool& pool) : pool_(pool) {}

  // The next of the series, from 1; never given twice.
  [[nodiscard]] Result<std::int64_t> next(const std::string& series);

 private:
  // Those who are served together.
  struct Batch {
    std::int64_t size = 0;
    bool taken = false;
    Result<std::int64_t> last = 0;  // that was taken for them
  };
  struct Series {
    std::shared_ptr<Batch> gathering;
    bool taking = false;  // somebody takes numbers for the batch before
  };

  [[nodiscard]] Result<std::int64_t> take(const std::string& series, std::int64_t count);

  Pool& pool_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Series> series_;  // that somebody waits for
};

}  // namespace mingjian::mysql
