#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "adapters/mysql/connection.h"
#include "adapters/mysql/patience.h"
#include "engine/base/result.h"

namespace mingjian::mysql {

// Connections to the nodes of a database, lent one at a time. They go to one node as long as it
// answers, and then to the next. One that lay idle is checked before it is lent; one that failed is
// thrown away with all its statements. Thread-safe.
class Pool {
 public:
  explicit Pool(MysqlOptions options);

  using Work = std::function<Result<void>(Connection&)>;
  // Each runs `work` until it went through or patience ends, and gives what it gives. `work` may
  // run several times: it must begin anew each time, and find what an earlier try of it committed.
  //
  // Only reads.
  [[nodiscard]] Result<void> read(const Work& work);
  // One statement that commits itself, and may as well happen twice.
  [[nodiscard]] Result<void> statement(const Work& work) { return read(work); }
  // A transaction. Undone where `work` gives an error.
  [[nodiscard]] Result<void> transaction(const Work& work);

  // `read` with a value.
  template <class Read>
  auto ask(Read ask) -> Result<decltype(ask(std::declval<Connection&>()))> {
    std::optional<decltype(ask(std::declval<Connection&>()))> answer;
    auto done = read([&](Connection& connection) -> Result<void> {
      answer = ask(connection);
      return {};
    });
    if (!done) return tl::unexpected<Error>(done.error());
    return std::move(*answer);
  }

  // For work that goes on its own way: a connection that is not lent to anybody else. Throws
  // Unreachable.
  [[nodiscard]] std::unique_ptr<Connection> take();
  void give_back(std::unique_ptr<Connection> connection);
  // Throws it away, and all that are idle to the same node where the node itself failed.
  void discard(std::unique_ptr<Connection> connection, const Failure& failure);

  // Whether a node answers now. One try.
  [[nodiscard]] Result<void> check();

  [[nodiscard]] const MysqlOptions& options() const { return options_; }

  // No connection could be had.
  struct Unreachable {
    Failure failure;
  };

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    std::chrono::steady_clock::time_point since;
  };

  [[nodiscard]] Result<void> attempt(const Work& work, bool transaction, Patience& patience);
  [[nodiscard]] std::optional<Idle> idle_or_room();
  [[nodiscard]] std::unique_ptr<Connection> connect();
  void leave(const MysqlOptions::Host& host);
  void free_room();

  const MysqlOptions options_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<Idle> idle_;
  std::size_t room_;           // for connections that are not open
  std::size_t preferred_ = 0;  // the host to try first
};

}  // namespace mingjian::mysql
