#pragma once

#include <string>

#include "tests/http/raw_client.h"

namespace mingjian::testing {

// A write as it goes out. Sent again it is the same request.
struct Command {
  std::string path;
  std::string body;
  int version = 0;    // for If-Match; 0: none
  std::string key;    // Idempotency-Key
  std::string trace;  // what its event is found by in a history: see count_traces()
};

[[nodiscard]] Command filing(const std::string& key);
[[nodiscard]] Command note(const std::string& case_id, int version, const std::string& key);
[[nodiscard]] Command acceptance(const std::string& case_id, int version, const std::string& key);

// Somebody who is signed in, on one connection. An answer of status 0: none came.
class Clerk {
 public:
  Clerk(int port, std::string token) : client_(port), token_(std::move(token)) {}

  Answer get(const std::string& path);
  Answer send(const Command& command);

 private:
  RawClient client_;
  const std::string token_;
};

// The bearer token of a person of the demonstration office; empty where it was refused.
[[nodiscard]] std::string sign_in(int port, const std::string& person);

}  // namespace mingjian::testing
