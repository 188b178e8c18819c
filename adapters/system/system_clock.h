#pragma once

#include "engine/ports/clock.h"

namespace mingjian {

// The clock of the machine, in UTC.
class SystemClock : public Clock {
 public:
  Instant now() override;
};

}  // namespace mingjian
