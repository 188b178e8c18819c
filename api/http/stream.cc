#include "api/http/stream.h"

namespace mingjian::http {

void StreamNews::note(std::uint64_t connection) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = connections_.empty();
    connections_.push_back(connection);
  }
  if (first) wakeup_.ring();
}

std::vector<std::uint64_t> StreamNews::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(connections_, {});
}

bool Stream::write(std::string_view octets) {
  const std::lock_guard lock(mutex_);
  if (abandoned_ || state_ != State::kOpen) return false;
  if (waiting_.size() + octets.size() > kMostWaiting) {
    waiting_ = {};
    state_ = State::kCutOff;
  } else {
    waiting_ += octets;
  }
  tell();
  return state_ == State::kOpen;
}

void Stream::finish() {
  const std::lock_guard lock(mutex_);
  if (state_ != State::kOpen) return;
  state_ = State::kFinished;
  tell();
}

bool Stream::over() const {
  const std::lock_guard lock(mutex_);
  return abandoned_ || state_ != State::kOpen;
}

void Stream::attach(StreamNews& news, std::uint64_t connection) {
  const std::lock_guard lock(mutex_);
  news_ = &news;
  connection_ = connection;
}

Stream::Taken Stream::take() {
  const std::lock_guard lock(mutex_);
  return {std::exchange(waiting_, {}), state_};
}

void Stream::abandon() {
  const std::lock_guard lock(mutex_);
  abandoned_ = true;
  waiting_ = {};
  news_ = nullptr;
}

// Under the lock, which is what keeps the loop from going away meanwhile; note() does no more than
// put down a number.
void Stream::tell() {
  if (news_ != nullptr) news_->note(connection_);
}

}  // namespace mingjian::http
