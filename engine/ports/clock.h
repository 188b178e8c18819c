#pragma once

#include "engine/base/instant.h"

namespace mingjian {

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() = 0;
};

}  // namespace mingjian
