#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "api/http/server.h"
#include "tests/http/raw_client.h"

namespace mingjian::testing {

// A server on a free port of 127.0.0.1, running until the end of the test.
class RunningServer {
 public:
  explicit RunningServer(http::Service service, http::Options options = {})
      : server_(std::move(options), std::move(service), hooks()) {
    port_ = server_.bind().value();
    thread_ = std::thread([this] { server_.run(); });
  }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;
  ~RunningServer() { stop(); }

  int port() const { return port_; }
  RawClient connect(int window = 0) const { return RawClient(port_, window); }

  void ask_to_stop() { server_.stop(); }
  // Returns when run() has returned.
  void stop() {
    ask_to_stop();
    if (thread_.joinable()) thread_.join();
  }

  // What was logged, as "incident: text".
  std::vector<std::string> log() {
    const std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  http::Hooks hooks() {
    return {[this] { return "incident-" + std::to_string(++incidents_); },
            [this](std::string_view incident, std::string_view text) {
              const std::lock_guard lock(mutex_);
              log_.push_back(std::string(incident) + ": " + std::string(text));
            }};
  }

  std::atomic<int> incidents_{0};
  std::mutex mutex_;
  std::vector<std::string> log_;
  http::Server server_;
  int port_ = 0;
  std::thread thread_;
};

}  // namespace mingjian::testing
