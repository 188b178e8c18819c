#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

#include <httplib.h>
#include <nlohmann/json.hpp>

#include "tests/support/token_signer.h"

namespace mingjian::testing {

// Where a provider of OpenID Connect publishes its keys, on 127.0.0.1.
class KeyServer {
 public:
  KeyServer() {
    server_.Get("/keys", [this](const httplib::Request&, httplib::Response& response) {
      ++asked_;
      const std::lock_guard lock(mutex_);
      response.status = status_;
      response.set_content(content_, "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~KeyServer() {
    server_.stop();
    thread_.join();
  }
  KeyServer(const KeyServer&) = delete;
  KeyServer& operator=(const KeyServer&) = delete;

  void publish(std::initializer_list<const TokenSigner*> signers) {
    nlohmann::json keys = nlohmann::json::array();
    for (const TokenSigner* signer : signers) keys.push_back(signer->public_key());
    answer(200, nlohmann::json{{"keys", keys}}.dump());
  }
  void answer(int status, const std::string& content) {
    const std::lock_guard lock(mutex_);
    status_ = status;
    content_ = content;
  }

  [[nodiscard]] std::string address() const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/keys";
  }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
  std::atomic<int> asked_ = 0;
  std::mutex mutex_;
  int status_ = 404;
  std::string content_;
};

}  // namespace mingjian::testing
