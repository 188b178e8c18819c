#include "api/http/connection.h"

#include <array>
#include <utility>

namespace mingjian::http {
namespace {

constexpr std::size_t kReadBytes = 16 << 10;
constexpr auto kNever = SteadyTime::max();

// A client that still sends when we close would get a reset, which may destroy the answer before it
// has been read (RFC 9112, 9.6). So we stop sending, and listen for as long and as much as this.
constexpr auto kLingerTime = std::chrono::seconds(1);
constexpr std::size_t kLingerBytes = 1 << 20;

// Empty lines that are passed over before a request (RFC 9112, 2.2: at least one). More are read as
// a head and refused: a client that sends nothing else would keep the loop from all others.
constexpr int kEmptyLines = 4;

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(std::unique_ptr<Channel> channel, std::string remote_address,
                       const ConnectionLimits& limits, SteadyTime now)
    : channel_(std::move(channel)),
      remote_address_(std::move(remote_address)),
      limits_(limits),
      deadline_(now + (channel_->established() ? limits.idle_timeout : limits.request_deadline)) {}

void Connection::note_event() {
  readable_ = true;
  writable_ = true;
}

Connection::Need Connection::advance(SteadyTime now) {
  for (;;) {
    std::optional<Need> need;
    switch (phase_) {
      case Phase::kReading:
        need = read_request(now);
        break;
      case Phase::kHandling:
        need = Need::kEvent;
        break;
      case Phase::kWriting:
        need = write_answer(now);
        break;
      case Phase::kStreaming:
        need = take_news(now);
        break;
      case Phase::kLingering:
        need = discard_input();
        break;
    }
    if (need) return *need;
  }
}

Connection::Need Connection::expire() {
  if (phase_ == Phase::kReading && begun_) return refuse(too_slow());
  return Need::kEnd;
}

RawRequest Connection::take_request() {
  const std::size_t body_bytes = head_->body_bytes;
  RawRequest request{std::move(*head_), {}, remote_address_};
  head_.reset();
  begun_ = false;
  searched_ = 0;
  empty_lines_ = 0;
  if (input_.size() == body_bytes) {
    request.body = std::exchange(input_, {});
  } else {
    request.body = input_.substr(0, body_bytes);
    input_.erase(0, body_bytes);
  }
  return request;
}

Refusal Connection::take_refusal() {
  Refusal refusal = std::move(*refusal_);
  refusal_.reset();
  return refusal;
}

void Connection::respond(Reply reply, SteadyTime now) {
  output_ = std::move(reply.octets);
  written_ = 0;
  afterwards_ = reply.afterwards;
  stream_ = StreamEnd(std::move(reply.stream));
  phase_ = Phase::kWriting;
  deadline_ = now + limits_.write_deadline;
}

std::optional<Connection::Need> Connection::read_request(SteadyTime now) {
  for (;;) {
    if (auto need = find_request(now)) return need;
    if (phase_ != Phase::kReading) return std::nullopt;
    switch (receive()) {
      case Received::kSome:
        break;
      case Received::kNothing:
        return Need::kEvent;
      case Received::kEnd:
        return Need::kEnd;
    }
  }
}

// Whether what has come in is a whole request, or something to be refused.
std::optional<Connection::Need> Connection::find_request(SteadyTime now) {
  if (!head_) {
    if (auto need = find_head()) return need;
  }
  if (!begun_ && (head_ || !input_.empty())) {
    begun_ = true;
    request_deadline_ = deadline_ = now + limits_.request_deadline;
  }
  if (!head_) return std::nullopt;
  if (input_.size() >= head_->body_bytes) {
    phase_ = Phase::kHandling;
    deadline_ = kNever;
    return Need::kAnswer;
  }
  if (std::exchange(head_->expects_continue, false) && input_.empty()) {
    respond({std::string(kContinue), Afterwards::kKeepAlive}, now);
  }
  return std::nullopt;
}

std::optional<Connection::Need> Connection::find_head() {
  while (empty_lines_ < kEmptyLines && input_.compare(0, kLineEnd.size(), kLineEnd) == 0) {
    input_.erase(0, kLineEnd.size());
    ++empty_lines_;
  }
  const auto end = find_head_end(input_, searched_);
  if (!end) {
    searched_ = input_.size();
    auto refused = refuse_beginning(input_, limits_.head);
    if (refused) return refuse(std::move(*refused));
    return std::nullopt;
  }
  auto head = read_head(std::string_view(input_).substr(0, *end), limits_.head);
  if (!head) return refuse(std::move(head.error()));
  head_ = std::move(*head);
  input_.erase(0, *end);
  return std::nullopt;
}

Connection::Need Connection::refuse(Refusal refusal) {
  refusal_ = std::move(refusal);
  return Need::kRefusal;
}

Connection::Received Connection::receive() {
  std::array<char, kReadBytes> buffer;
  if (!readable_) return Received::kNothing;
  const Channel::Moved moved = channel_->receive(buffer);
  switch (moved.state) {
    case Channel::State::kMoved:
      input_.append(buffer.data(), moved.octets);
      return Received::kSome;
    case Channel::State::kBlocked:
      readable_ = false;
      return Received::kNothing;
    case Channel::State::kEnded:
      break;
  }
  return Received::kEnd;
}

std::optional<Connection::Need> Connection::write_answer(SteadyTime now) {
  while (written_ < output_.size()) {
    if (!writable_) return Need::kEvent;
    const Channel::Moved moved = channel_->send(std::string_view(output_).substr(written_));
    if (moved.state == Channel::State::kEnded) return Need::kEnd;
    written_ += moved.octets;
    writable_ = moved.state == Channel::State::kMoved;
  }
  finish_writing(now);
  return std::nullopt;
}

void Connection::finish_writing(SteadyTime now) {
  output_ = {};
  if (stream_) {
    phase_ = Phase::kStreaming;
    deadline_ = kNever;
    return;
  }
  if (afterwards_ == Afterwards::kClose) {
    channel_->finish_sending();
    input_ = {};
    phase_ = Phase::kLingering;
    deadline_ = now + kLingerTime;
    return;
  }
  phase_ = Phase::kReading;
  // What was written may have been "100 Continue": the deadline of its request stays.
  deadline_ = begun_ ? request_deadline_ : now + limits_.idle_timeout;
}

// A piece of the stream has to be taken in the time of an answer; what comes in meanwhile is
// nothing but the end of the client.
std::optional<Connection::Need> Connection::take_news(SteadyTime now) {
  auto news = stream_->take();
  if (news.state == Stream::State::kCutOff) return Need::kEnd;
  if (news.state == Stream::State::kFinished) stream_ = {};
  if (stream_ && news.octets.empty()) return discard_input();
  output_ = std::move(news.octets);
  written_ = 0;
  phase_ = Phase::kWriting;
  deadline_ = now + limits_.write_deadline;
  return std::nullopt;
}

Connection::Need Connection::discard_input() {
  for (;;) {
    input_.clear();
    switch (receive()) {
      case Received::kSome:
        discarded_ += input_.size();
        if (discarded_ > kLingerBytes) return Need::kEnd;
        break;
      case Received::kNothing:
        return Need::kEvent;
      case Received::kEnd:
        return Need::kEnd;
    }
  }
}

}  // namespace mingjian::http
