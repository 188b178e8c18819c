#pragma once

#include <cstdint>

#include "engine/ports/clock.h"

namespace mingjian::testing {

// A clock that stands still until it is moved.
class StandingClock : public Clock {
 public:
  Instant now() override { return now_; }
  void advance(std::int64_t microseconds) { now_.microseconds += microseconds; }

 private:
  Instant now_{1'780'000'000'000'000};
};

}  // namespace mingjian::testing
