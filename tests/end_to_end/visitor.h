#pragma once

#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/ids.h"
#include "engine/base/json.h"
#include "tests/http/raw_client.h"

namespace mingjian::testing {

using Headers = std::map<std::string, std::string>;

struct Call {
  std::string method;
  std::string path;  // with its query
  Headers headers = {};
  std::string body = {};
};

// The body as JSON; discarded (and the test fails) where it is none.
inline Json json_of(const Answer& answer) {
  Json body = Json::parse(answer.body, nullptr, false);
  EXPECT_FALSE(body.is_discarded()) << answer.status << " " << answer.body.substr(0, 400);
  return body;
}

// Somebody who uses the interface over real sockets, signed in or not. Each call has a connection
// of its own, so that one that was refused spoils nothing.
class Visitor {
 public:
  // Nobody: not signed in.
  explicit Visitor(int port) : port_(port) {}
  // Signs in.
  Visitor(int port, const std::string& person, const std::string& password) : port_(port) {
    const Json body = {{"person", person}, {"password", password}};
    const Answer answer =
        ask({"POST", "/api/v1/sessions", {{"Content-Type", "application/json"}}, body.dump()});
    EXPECT_EQ(answer.status, 201) << person << ": " << answer.body;
    token_ = json_of(answer).value("token", "");
  }

  // Sends exactly this, with Host, Content-Length and Authorization where they are not given.
  Answer ask(const Call& call) const {
    Headers headers = call.headers;
    headers.emplace("Host", "127.0.0.1");
    if (!token_.empty()) headers.emplace("Authorization", "Bearer " + token_);
    if (!call.body.empty() && !headers.contains("Transfer-Encoding"))
      headers.emplace("Content-Length", std::to_string(call.body.size()));
    std::string octets = call.method + " " + call.path + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers) octets += name + ": " + value + "\r\n";
    return RawClient(port_).ask(octets + "\r\n" + call.body);
  }

  Answer get(const std::string& path, Headers headers = {}) const {
    return ask({"GET", path, std::move(headers)});
  }
  // A write under a key of its own; `seen`: the version for If-Match, 0 for none.
  Answer write(const std::string& method, const std::string& path, const Json& body,
               Version seen = 0) {
    Headers headers = {{"Content-Type", "application/json"},
                       {"Idempotency-Key", "key-" + std::to_string(++keys_)}};
    if (seen > 0) headers["If-Match"] = "\"" + std::to_string(seen) + "\"";
    return ask({method, path, std::move(headers), body.dump()});
  }
  Answer post(const std::string& path, const Json& body, Version seen = 0) {
    return write("POST", path, body, seen);
  }

  [[nodiscard]] const std::string& token() const { return token_; }

 private:
  int port_;
  std::string token_;
  int keys_ = 0;
};

}  // namespace mingjian::testing
