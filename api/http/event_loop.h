#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>

#include "api/http/codec.h"
#include "api/http/connection.h"
#include "api/http/server.h"
#include "api/http/socket.h"
#include "api/http/stream.h"
#include "api/http/worker_pool.h"

namespace mingjian::http {

// Watches all connections by epoll and carries requests to the workers and answers back. All of it
// happens in the thread that calls run().
class EventLoop {
 public:
  // The references must outlive the loop, and `tls`, which is null where all is in the clear.
  EventLoop(const Options& options, const Service& service, const Hooks& hooks,
            const Wakeup& wakeup, const Tls* tls, Descriptor listener);

  // Until `stopping` is set and what was under way is done. Rung by the wakeup to look at it.
  void run(const std::atomic<bool>& stopping);

 private:
  using Key = std::uint64_t;  // of a connection; never used twice, unlike descriptors
  struct Watched {
    Connection connection;
    SteadyTime due;  // as in deadlines_
  };

  void wait();
  void handle_event(Key key);
  void handle_completions();
  void handle_news();
  void expire_deadlines();
  void begin_stop();

  void accept_waiting();
  void admit(Accepted accepted);
  void turn_away(const Accepted& accepted);
  [[nodiscard]] bool close_idle_one();
  void watch_listener();
  void pause_listener();

  // Lets the connection do what it can, and gives it what it asks for until it has to wait.
  void drive(Key key, Watched& watched);
  [[nodiscard]] Connection::Need step(Watched& watched);
  void dispatch(Key key, Watched& watched);
  void refuse(Watched& watched, const Refusal& refusal);
  void settle(Key key, Watched& watched);
  void drop(Key key);

  const Options& options_;
  const Wakeup& wakeup_;
  const Tls* const tls_;
  Descriptor listener_;
  Descriptor epoll_;
  Codec codec_;  // for refusals
  StreamNews news_;
  WorkerPool pool_;
  std::unordered_map<Key, Watched> connections_;
  std::set<std::pair<SteadyTime, Key>> deadlines_;
  std::size_t buffered_bytes_ = 0;  // of all connections
  Key next_key_;
  SteadyTime now_;
  bool listening_ = false;
  SteadyTime listen_again_;  // where not listening
  bool stopping_ = false;
  SteadyTime stop_by_;
};

}  // namespace mingjian::http
