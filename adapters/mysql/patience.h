#pragma once

#include <chrono>

#include "adapters/mysql/failure.h"

namespace mingjian::mysql {

// How long, and how often, work is tried again that failed in passing. One piece of work each.
class Patience {
 public:
  using Clock = std::chrono::steady_clock;

  // The last moment for another try of what begins now: `whole` from now, or the deadline of this
  // thread (engine/ports/deadline.h) where that comes first.
  [[nodiscard]] static Clock::time_point end_of(std::chrono::milliseconds whole);

  explicit Patience(std::chrono::milliseconds whole) : Patience(end_of(whole)) {}
  explicit Patience(Clock::time_point end);

  // Whether to try once more; if so it has waited a little first, longer each time and never quite
  // the same, so that those who collided do not collide again. Where no node takes connections and
  // nothing is in doubt it gives up early: the caller can come back as well as wait.
  [[nodiscard]] bool once_more(const Failure& failure);
  // Whether an earlier try may have been committed.
  [[nodiscard]] bool in_doubt() const { return in_doubt_; }

 private:
  const Clock::time_point end_;
  Clock::time_point end_without_nodes_;
  int tries_ = 0;
  bool in_doubt_ = false;
};

}  // namespace mingjian::mysql
