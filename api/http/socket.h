#pragma once

#include <string>
#include <utility>

#include "engine/base/result.h"

namespace mingjian::http {

// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }
  void close();

 private:
  int number_ = -1;
};

// A non-blocking TCP socket that listens on the host (a name or an address) and port; port 0 takes
// any free one. Errors: kUnavailable.
[[nodiscard]] Result<Descriptor> listen_on(const std::string& host, int port);

// The port that a listening socket got.
[[nodiscard]] int port_of(const Descriptor& listener);

// A connection that came in: non-blocking, and sends at once what it is given (TCP_NODELAY).
struct Accepted {
  Descriptor socket;
  std::string remote_address;  // e.g. "192.0.2.7" or "2001:db8::7"
};

enum class AcceptFailure {
  kNoneWaiting,
  kOutOfDescriptors,  // one is waiting and cannot be taken
};

[[nodiscard]] tl::expected<Accepted, AcceptFailure> accept_from(const Descriptor& listener);

// An eventfd: makes a thread that waits in epoll look up.
class Wakeup {
 public:
  Wakeup();

  [[nodiscard]] int descriptor() const { return event_.number(); }
  // From any thread, also in a signal handler.
  void ring() const noexcept;
  // By the thread that was woken.
  void silence() const noexcept;

 private:
  Descriptor event_;
};

}  // namespace mingjian::http
