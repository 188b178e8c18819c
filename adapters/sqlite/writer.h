#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>

#include "adapters/sqlite/connection.h"
#include "engine/base/result.h"

namespace mingjian::sqlite {

// The one writer of a process: commands that wait together share a transaction and so one flush to
// the disk (group commit), each in a savepoint of its own so that one that fails does not sink the
// others. Thread-safe.
class Writer {
 public:
  // Work on the connection; an error, or an SQLite::Exception, undoes this work alone.
  using Job = std::function<Result<void>(Connection&)>;

  explicit Writer(std::unique_ptr<Connection> connection);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Runs the job and returns when it is durable, or why it is not. kUnavailable where too many
  // jobs wait.
  [[nodiscard]] Result<void> run(Job job);

  [[nodiscard]] std::uint64_t jobs() const { return jobs_; }
  [[nodiscard]] std::uint64_t transactions() const { return transactions_; }

 private:
  struct Waiting {
    Job job;
    std::promise<Result<void>> done;
    Result<void> result;
  };

  void loop();
  void run_group(std::deque<Waiting>& group);
  // False if SQLite gave up the whole transaction.
  bool run_job(Waiting& waiting);

  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  bool stopping_ = false;
  std::atomic<std::uint64_t> jobs_ = 0;
  std::atomic<std::uint64_t> transactions_ = 0;
  std::thread thread_;
};

}  // namespace mingjian::sqlite
