#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "engine/ports/leases.h"

namespace mingjian {

// Leases among the threads of one process, by its steady clock. Thread-safe.
class MemoryLeases : public Leases {
 public:
  Result<std::optional<Lease>> take(const std::string& name, const std::string& holder,
                                    std::chrono::milliseconds duration) override;
  Result<void> release(const std::string& name, const std::string& holder) override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Held {
    Lease lease;
    Clock::time_point until;
  };

  std::mutex mutex_;
  std::map<std::string, Held> held_;
};

}  // namespace mingjian
