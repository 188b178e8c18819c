#include "api/http/socket.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <system_error>

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mingjian::http {
namespace {

// How many finished handshakes may wait for us; the kernel's own limit is net.core.somaxconn.
constexpr int kBacklog = 1024;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Addresses resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) found = nullptr;
  return {found, &freeaddrinfo};
}

void set_option(int socket, int level, int option) {
  const int on = 1;
  setsockopt(socket, level, option, &on, sizeof on);
}

// SO_REUSEADDR lets a restarted server take its port back at once. Not SO_REUSEPORT: two servers
// would share the port in silence, where the second should say that it is taken.
Descriptor try_to_listen(const addrinfo& address) {
  Descriptor listener(::socket(
      address.ai_family, address.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, address.ai_protocol));
  if (!listener.open()) return listener;
  set_option(listener.number(), SOL_SOCKET, SO_REUSEADDR);
  if (::bind(listener.number(), address.ai_addr, address.ai_addrlen) != 0 ||
      ::listen(listener.number(), kBacklog) != 0) {
    return {};
  }
  return listener;
}

std::string text_of(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  const void* octets = nullptr;
  if (address.ss_family == AF_INET) {
    octets = &reinterpret_cast<const sockaddr_in*>(&address)->sin_addr;
  } else if (address.ss_family == AF_INET6) {
    octets = &reinterpret_cast<const sockaddr_in6*>(&address)->sin6_addr;
  }
  if (octets == nullptr) return {};
  const char* const text = inet_ntop(address.ss_family, octets, buffer.data(), buffer.size());
  return text == nullptr ? std::string() : std::string(text);
}

}  // namespace

Descriptor::~Descriptor() { close(); }

void Descriptor::close() {
  if (number_ >= 0) ::close(number_);
  number_ = -1;
}

Result<Descriptor> listen_on(const std::string& host, int port) {
  errno = 0;
  const Addresses addresses = resolve(host, port);
  for (const addrinfo* at = addresses.get(); at != nullptr; at = at->ai_next) {
    Descriptor listener = try_to_listen(*at);
    if (listener.open()) return listener;
  }
  const std::string place = host + ":" + std::to_string(port);
  const std::string cause = addresses == nullptr
                                ? "no such host"
                                : std::error_code(errno, std::generic_category()).message();
  return fail(ErrorKind::kUnavailable, {"无法监听 " + place + "（" + cause + "）",
                                        "cannot listen on " + place + ": " + cause});
}

int port_of(const Descriptor& listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(listener.number(), reinterpret_cast<sockaddr*>(&address), &size);
  const auto port = address.ss_family == AF_INET6
                        ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                        : reinterpret_cast<const sockaddr_in*>(&address)->sin_port;
  return ntohs(port);
}

tl::expected<Accepted, AcceptFailure> accept_from(const Descriptor& listener) {
  for (;;) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    Descriptor socket(accept4(listener.number(), reinterpret_cast<sockaddr*>(&address), &size,
                              SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (socket.open()) {
      set_option(socket.number(), IPPROTO_TCP, TCP_NODELAY);
      return Accepted{std::move(socket), text_of(address)};
    }
    if (errno == EINTR || errno == ECONNABORTED) continue;
    const bool exhausted =
        errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
    return tl::unexpected(exhausted ? AcceptFailure::kOutOfDescriptors
                                    : AcceptFailure::kNoneWaiting);
  }
}

Wakeup::Wakeup() : event_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (!event_.open()) throw std::system_error(errno, std::generic_category(), "eventfd");
}

void Wakeup::ring() const noexcept {
  const std::uint64_t one = 1;
  // Fails only where the counter is full, and then it has been rung.
  [[maybe_unused]] const ssize_t written = write(event_.number(), &one, sizeof one);
}

void Wakeup::silence() const noexcept {
  std::uint64_t rung = 0;
  [[maybe_unused]] const ssize_t size = read(event_.number(), &rung, sizeof rung);
}

}  // namespace mingjian::http
