#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/cluster/attempt.h"
#include "tests/support/clerk.h"

namespace mingjian::testing {

// Somebody at work: files cases and moves each on, writes on cases that all write on, where they
// collide, and reads. What gets no definite answer is sent again with its key until it does.
class Client {
 public:
  // `shared`: the ids of the cases that all write on.
  Client(int number, int port, std::string token, std::vector<std::string> shared,
         std::uint32_t seed = 0);

  // The id of a new case; empty where it was not acknowledged.
  std::string file_case(const std::string& name);
  // Until `enough`.
  void work(const std::atomic<bool>& enough);
  // The same on shared cases alone, without rest: as many collisions as can be.
  void contend(const std::atomic<bool>& enough);

  [[nodiscard]] const Attempts& attempts() const { return attempts_; }

 private:
  void handle_a_case(const std::string& name);
  void write_on_shared_case(const std::string& name);
  // The last attempt.
  const Attempt& send(const Command& command, const std::string& case_id);
  const Attempt& read(const std::string& case_id);
  const Attempt& persist(const Command* command, const std::string& case_id);
  bool once(const Command* command, const std::string& case_id);
  void rest(int most_milliseconds);

  const int number_;
  const int port_;
  const std::string token_;
  const std::vector<std::string> shared_;
  std::mt19937 random_;
  // In milliseconds, between two requests: people read, and a log of some minutes stays one of some
  // thousands.
  int most_rest_ = 40;
  std::unique_ptr<Clerk> clerk_;
  Attempts attempts_;
};

}  // namespace mingjian::testing
