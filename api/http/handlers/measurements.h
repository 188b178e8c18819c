#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "engine/ports/database.h"

namespace mingjian::http {

// What the program is told to measure of itself beside the requests.
struct Gauges {
  struct Chore {
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;
  };
  WriteCounts writes;
  std::map<std::string, bool> leases;  // by name: whether this process holds it
  std::map<std::string, Chore> chores;
};

// What happened in this process since it began, for operators. There is nothing in it of people or
// cases: names are those of operations, leases and chores. Thread-safe.
class Measurements {
 public:
  explicit Measurements(std::function<Gauges()> gauges) : gauges_(std::move(gauges)) {}

  // `operation` is empty where the request had no route.
  void count_request(std::string_view operation, int status);

  using Requests = std::map<std::pair<std::string, int>, std::uint64_t>;  // by operation and status
  [[nodiscard]] Requests requests() const;
  [[nodiscard]] Gauges gauges() const { return gauges_(); }

 private:
  const std::function<Gauges()> gauges_;
  mutable std::mutex mutex_;
  Requests requests_;
};

}  // namespace mingjian::http
