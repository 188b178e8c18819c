#include "api/http/server.h"

#include <utility>

#include "api/http/event_loop.h"

namespace mingjian::http {

Server::Server(Options options, Service service, Hooks hooks)
    : options_(std::move(options)), service_(std::move(service)), hooks_(std::move(hooks)) {}

Server::~Server() = default;

Result<int> Server::bind() {
  if (options_.tls) {
    auto tls = Tls::make(*options_.tls);
    if (!tls) return tl::unexpected(std::move(tls.error()));
    tls_ = std::move(*tls);
  }
  auto listener = listen_on(options_.host, options_.port);
  if (!listener) return tl::unexpected(std::move(listener.error()));
  listener_ = std::move(*listener);
  return port_of(listener_);
}

void Server::run() {
  EventLoop loop(options_, service_, hooks_, wakeup_, tls_.get(), std::move(listener_));
  loop.run(stopping_);
}

void Server::stop() noexcept {
  stopping_.store(true);
  wakeup_.ring();
}

}  // namespace mingjian::http
