#include "api/http/channel.h"

#include <cerrno>

#include <sys/socket.h>

namespace mingjian::http {
namespace {

class PlainChannel : public Channel {
 public:
  using Channel::Channel;

  Moved receive(std::span<char> into) override {
    for (;;) {
      const ssize_t size = ::recv(descriptor(), into.data(), into.size(), 0);
      if (size == 0) return {State::kEnded};
      if (size > 0) return {State::kMoved, static_cast<std::size_t>(size)};
      if (errno != EINTR) return failure();
    }
  }

  Moved send(std::string_view octets) override {
    for (;;) {
      const ssize_t size = ::send(descriptor(), octets.data(), octets.size(), MSG_NOSIGNAL);
      if (size >= 0) return {State::kMoved, static_cast<std::size_t>(size)};
      if (errno != EINTR) return failure();
    }
  }

  bool established() const override { return true; }

  void finish_sending() override { ::shutdown(descriptor(), SHUT_WR); }

 private:
  static Moved failure() {
    return {errno == EAGAIN || errno == EWOULDBLOCK ? State::kBlocked : State::kEnded};
  }
};

}  // namespace

std::unique_ptr<Channel> plain_channel(Descriptor socket) {
  return std::make_unique<PlainChannel>(std::move(socket));
}

}  // namespace mingjian::http
