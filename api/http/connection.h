#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "api/http/channel.h"
#include "api/http/codec.h"
#include "api/http/head.h"
#include "api/http/stream.h"

namespace mingjian::http {

using SteadyTime = std::chrono::steady_clock::time_point;

struct ConnectionLimits {
  HeadLimits head;
  // From the first byte of a request to the last one of its body; and for a handshake of TLS with
  // the first request.
  std::chrono::milliseconds request_deadline = std::chrono::seconds(10);
  // Between an answer and the first byte of the next request.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds(60);
  // For an answer to be taken whole by the client.
  std::chrono::milliseconds write_deadline = std::chrono::seconds(30);
};

// One client: its channel, what has come in and what has yet to go out. It never blocks, and takes
// one request after the other, also where the client sends several without waiting. Used by the
// thread of the loop only; workers get whole requests and give whole answers.
class Connection {
 public:
  // What it needs next from its owner.
  enum class Need {
    kEvent,    // to be told of an event, or of the deadline
    kAnswer,   // respond(), to take_request()
    kRefusal,  // respond(), to take_refusal()
    kEnd,      // to be destroyed
  };

  // `limits` must outlive the connection.
  Connection(std::unique_ptr<Channel> channel, std::string remote_address,
             const ConnectionLimits& limits, SteadyTime now);

  // The socket may be readable or writable again (epoll, edge-triggered).
  void note_event();
  // Does what can be done without waiting.
  [[nodiscard]] Need advance(SteadyTime now);
  // The deadline has passed.
  [[nodiscard]] Need expire();

  // Requires that the last need was kAnswer, or kRefusal.
  [[nodiscard]] RawRequest take_request();
  [[nodiscard]] Refusal take_refusal();
  // The octets of the answer. Call advance() next.
  void respond(Reply reply, SteadyTime now);

  [[nodiscard]] int descriptor() const { return channel_->descriptor(); }
  // When expire() is due; never, while a request is being answered, or a stream has no news.
  [[nodiscard]] SteadyTime deadline() const { return deadline_; }
  // Whether no request is under way: nothing is lost by closing it.
  [[nodiscard]] bool idle() const { return phase_ == Phase::kReading && !begun_; }
  // Whether it waits for more of a request, for news, or for the other side to close.
  [[nodiscard]] bool owes_nothing() const {
    return phase_ == Phase::kReading || phase_ == Phase::kStreaming || phase_ == Phase::kLingering;
  }
  // Memory held for what has come in.
  [[nodiscard]] std::size_t buffered_bytes() const { return input_.size(); }

 private:
  enum class Phase { kReading, kHandling, kWriting, kStreaming, kLingering };
  enum class Received { kSome, kNothing, kEnd };

  [[nodiscard]] std::optional<Need> read_request(SteadyTime now);
  [[nodiscard]] std::optional<Need> write_answer(SteadyTime now);
  [[nodiscard]] std::optional<Need> take_news(SteadyTime now);
  [[nodiscard]] Need discard_input();
  [[nodiscard]] std::optional<Need> find_request(SteadyTime now);
  [[nodiscard]] std::optional<Need> find_head();
  [[nodiscard]] Need refuse(Refusal refusal);
  [[nodiscard]] Received receive();
  void finish_writing(SteadyTime now);

  std::unique_ptr<Channel> channel_;
  std::string remote_address_;
  const ConnectionLimits& limits_;
  Phase phase_ = Phase::kReading;
  bool readable_ = true;
  bool writable_ = true;
  SteadyTime deadline_;

  std::string input_;
  std::size_t searched_ = 0;     // of input_, without finding the end of the head
  int empty_lines_ = 0;          // passed over since the last request
  bool begun_ = false;           // the first byte of a request has come
  SteadyTime request_deadline_;  // of the request that has begun
  std::optional<Head> head_;     // of the request whose body is awaited or was just completed
  std::optional<Refusal> refusal_;

  std::string output_;
  std::size_t written_ = 0;
  Afterwards afterwards_ = Afterwards::kKeepAlive;
  StreamEnd stream_;  // what follows `output_`
  std::size_t discarded_ = 0;
};

}  // namespace mingjian::http
