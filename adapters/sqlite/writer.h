#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "adapters/sqlite/connection.h"
#include "engine/base/result.h"
#include "engine/ports/database.h"

namespace mingjian::sqlite {

// The one writer of a process: commands that wait together share a transaction and so one flush to
// the disk (group commit), each in a savepoint of its own so that one that fails does not sink the
// others. Nobody is answered before COMMIT succeeded. Where the database itself fails (disk full,
// I/O) the whole group is undone and fails; the next group begins afresh. Thread-safe.
class Writer {
 public:
  // Work on the connection; an error, or an exception, undoes this work alone.
  using Job = std::function<Result<void>(Connection&)>;

  Writer(std::unique_ptr<Connection> connection, std::size_t most_waiting);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Runs the job and returns when it is durable, or why it is not. kUnavailable where too many
  // jobs wait. Throws what the job throws, unless that is an SQLite::Exception.
  [[nodiscard]] Result<void> run(Job job);

  // `run` with a value.
  template <class Change>
  auto change(Change change) -> Result<decltype(change(std::declval<Connection&>()))> {
    std::optional<decltype(change(std::declval<Connection&>()))> value;
    auto done = run([&](Connection& connection) -> Result<void> {
      value = change(connection);
      return {};
    });
    if (!done) return tl::unexpected<Error>(done.error());
    return std::move(*value);
  }

  [[nodiscard]] WriteCounts counts() const;

 private:
  struct Waiting {
    Job job;
    std::promise<Result<void>> done;
    Result<void> result;
    std::exception_ptr thrown;  // a bug, for the caller to hear of
  };
  using Group = std::deque<Waiting>;

  void loop();
  [[nodiscard]] Group take_group();
  [[nodiscard]] bool run_group(Group& group);
  void count(const Group& group, bool committed);
  void run_job(Waiting& waiting);
  void give_up_transaction();
  void answer(Group& group);

  std::unique_ptr<Connection> connection_;
  const std::size_t most_waiting_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  Group queue_;
  WriteCounts counts_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mingjian::sqlite
