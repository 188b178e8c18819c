#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/socket.h"

namespace mingjian::http {

// Tells a loop which of its connections have something new to send. Thread-safe.
class StreamNews {
 public:
  // `wakeup` rings when there is news, and must outlive it.
  explicit StreamNews(const Wakeup& wakeup) : wakeup_(wakeup) {}

  void note(std::uint64_t connection);
  // Each connection once or more.
  [[nodiscard]] std::vector<std::uint64_t> take();

 private:
  const Wakeup& wakeup_;
  std::mutex mutex_;
  std::vector<std::uint64_t> connections_;
};

// The body of an answer that goes on: its writer adds to it as long as the client is there. Nobody
// waits for a client: what he does not take is kept up to a limit, and beyond that he is cut off.
// Thread-safe.
class Stream {
 public:
  static constexpr std::size_t kMostWaiting = 64 << 10;  // octets that the client has not taken

  // Adds to the body. False where the stream is over: the client is gone, or was too slow.
  bool write(std::string_view octets);
  // Ends the body: the client gets what waits for him, and then the connection is closed.
  void finish();
  [[nodiscard]] bool over() const;

  // For the loop. `news` is told of what comes in for the connection, until abandon().
  void attach(StreamNews& news, std::uint64_t connection);
  enum class State { kOpen, kFinished, kCutOff };
  struct Taken {
    std::string octets;
    State state = State::kOpen;
  };
  // What waits to be sent.
  [[nodiscard]] Taken take();
  // The connection is gone.
  void abandon();

 private:
  void tell();

  mutable std::mutex mutex_;
  std::string waiting_;
  State state_ = State::kOpen;
  bool abandoned_ = false;
  StreamNews* news_ = nullptr;
  std::uint64_t connection_ = 0;
};

// The loop's end of a stream: abandons it when it goes.
class StreamEnd {
 public:
  StreamEnd() = default;
  explicit StreamEnd(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  StreamEnd(StreamEnd&&) noexcept = default;
  StreamEnd& operator=(StreamEnd&& other) noexcept {
    std::swap(stream_, other.stream_);
    return *this;
  }
  ~StreamEnd() {
    if (stream_) stream_->abandon();
  }

  explicit operator bool() const { return stream_ != nullptr; }
  Stream* operator->() const { return stream_.get(); }

 private:
  std::shared_ptr<Stream> stream_;
};

}  // namespace mingjian::http
