#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "api/http/codec.h"
#include "api/http/connection.h"
#include "api/http/socket.h"
#include "api/http/tls.h"
#include "engine/base/result.h"

namespace mingjian::http {

struct Options {
  std::string host = "127.0.0.1";  // a name or an address to listen on
  std::optional<TlsOptions> tls;   // nothing: in the clear
  int port = 0;                    // 0: any free one
  std::size_t workers = 32;        // requests that are answered at the same time
  std::size_t queue_limit = 256;   // requests that may wait for a worker; more are told 503
  // After this nothing of a request that failed in passing is tried again.
  std::chrono::milliseconds patience = std::chrono::seconds(5);
  std::size_t connections = 4096;         // more: the one that is idle longest is closed, else 503
  std::size_t buffered_bytes = 64 << 20;  // of requests not yet whole, of all connections together
  ConnectionLimits limits;
  std::chrono::milliseconds stop_grace = std::chrono::seconds(5);  // for clients to take answers
};

// An HTTP/1.1 server. One thread, the one that calls run(), does all reading and writing without
// ever waiting for a client; a request goes to a worker only when it is whole, so that idle, slow
// and malicious clients hold memory within bounds and nothing else. Answers it gives by itself
// (malformed, too large, too slow, overloaded) are problems as everywhere.
class Server {
 public:
  // `service` answers all requests that can be read. It must return in its own time: a worker is
  // not taken away from it.
  Server(Options options, Service service, Hooks hooks);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Starts to listen, and says on which port. Errors: kUnavailable; kInvalidInput where a file of
  // TLS is no good.
  [[nodiscard]] Result<int> bind();
  // Serves until stop(). Requires that bind() succeeded. Once only.
  void run();
  // Makes run() return, when the requests that have come in whole have been answered; other
  // connections are closed at once. From any thread, and in a signal handler; also before run().
  void stop() noexcept;

 private:
  const Options options_;
  const Service service_;
  const Hooks hooks_;
  const Wakeup wakeup_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<Tls> tls_;
  Descriptor listener_;
};

static_assert(std::atomic<bool>::is_always_lock_free, "stop() is called in signal handlers");

}  // namespace mingjian::http
