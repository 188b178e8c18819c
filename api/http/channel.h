#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "api/http/socket.h"

namespace mingjian::http {

// What a connection reads from and writes to: its socket, in the clear or by TLS (tls.h). It never
// waits. Used by one thread at a time.
class Channel {
 public:
  enum class State {
    kMoved,    // some octets
    kBlocked,  // none now; perhaps after the next event of the socket, be it for reading or writing
    kEnded,    // none any more: the other side has gone, or what it sent is no TLS
  };
  struct Moved {
    State state = State::kEnded;
    std::size_t octets = 0;  // where kMoved
  };

  explicit Channel(Descriptor socket) : socket_(std::move(socket)) {}
  virtual ~Channel() = default;
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  [[nodiscard]] virtual Moved receive(std::span<char> into) = 0;
  // Where it blocked it is called again with octets that begin with the same ones.
  [[nodiscard]] virtual Moved send(std::string_view octets) = 0;
  // Whether it can carry requests: a handshake, where there is one, is over.
  [[nodiscard]] virtual bool established() const = 0;
  // Tells the other side that no more will be sent.
  virtual void finish_sending() = 0;

  [[nodiscard]] int descriptor() const { return socket_.number(); }

 private:
  Descriptor socket_;
};

// In the clear. The socket is non-blocking.
[[nodiscard]] std::unique_ptr<Channel> plain_channel(Descriptor socket);

}  // namespace mingjian::http
