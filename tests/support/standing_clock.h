#pragma once

#include <atomic>
#include <cstdint>

#include "engine/ports/clock.h"

namespace mingjian::testing {

// A clock that stands still until it is moved. Thread-safe.
class StandingClock : public Clock {
 public:
  Instant now() override { return {microseconds_}; }
  void advance(std::int64_t microseconds) { microseconds_ += microseconds; }

 private:
  std::atomic<std::int64_t> microseconds_{1'780'000'000'000'000};
};

}  // namespace mingjian::testing
