#include "tests/support/cutting_proxy.h"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mingjian::testing {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const sockaddr_in address = loopback(port);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
    return socket;
  ::close(socket);
  return -1;
}

bool hand_on(int to, const char* data, ssize_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(to, data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data += sent;
    size -= sent;
  }
  return true;
}

}  // namespace

struct CuttingProxy::Pair {
  int client;
  int server;
  std::thread thread;

  void end() const {
    ::shutdown(client, SHUT_RDWR);
    ::shutdown(server, SHUT_RDWR);
  }
};

CuttingProxy::CuttingProxy(int server_port) : server_port_(server_port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, general, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, general, &size) != 0)
    throw std::runtime_error("no port for the proxy");
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
  for (const auto& pair : pairs_) {
    pair->end();
    pair->thread.join();
    ::close(pair->client);
    ::close(pair->server);
  }
}

void CuttingProxy::cut(int nth, Cut how) {
  how_ = how;
  has_cut_ = false;
  statements_ = 0;
  left_ = nth;
}

void CuttingProxy::accept_all() {
  for (;;) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = connect_to(server_port_);
    if (server < 0) {
      ::close(client);
      continue;
    }
    const int on = 1;
    ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    auto pair = std::make_unique<Pair>(Pair{client, server, {}});
    pair->thread = std::thread([this, made = pair.get()] { carry(*made); });
    const std::lock_guard lock(mutex_);
    pairs_.push_back(std::move(pair));
  }
}

void CuttingProxy::carry(Pair& pair) {
  std::array<char, 65536> data{};
  std::array<pollfd, 2> sides = {pollfd{pair.client, POLLIN, 0}, pollfd{pair.server, POLLIN, 0}};
  while (::poll(sides.data(), sides.size(), -1) > 0) {
    if (sides[0].revents != 0) {
      const ssize_t size = ::recv(pair.client, data.data(), data.size(), 0);
      if (size <= 0) break;
      ++statements_;
      const bool cuts = left_ > 0 && --left_ == 0;
      if (cuts) has_cut_ = true;
      if (cuts && how_ == Cut::kBefore) break;
      if (!hand_on(pair.server, data.data(), size)) break;
      if (cuts) {
        // The server has done it once it answers; the answer is dropped.
        static_cast<void>(::recv(pair.server, data.data(), data.size(), 0));
        break;
      }
    }
    if (sides[1].revents != 0) {
      const ssize_t size = ::recv(pair.server, data.data(), data.size(), 0);
      if (size <= 0 || !hand_on(pair.client, data.data(), size)) break;
    }
  }
  pair.end();
}

}  // namespace mingjian::testing
