#pragma once

#include <algorithm>
#include <chrono>

namespace mingjian {

// How long somebody waits for what this thread is doing, e.g. the client of a request. An adapter
// that tries again what failed in passing begins no further try after it: the work as a whole is
// bounded so, and not each of its steps by itself. It holds on the thread that made it, as long as
// the object lives; one inside another ends no later. Where there is none each step has the bounds
// of its adapter alone.
class Deadline {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit Deadline(Time end) : before_(end_) { end_ = std::min(end_, end); }
  ~Deadline() { end_ = before_; }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // Of this thread; Time::max() where there is none.
  [[nodiscard]] static Time end() { return end_; }

 private:
  inline static thread_local Time end_ = Time::max();
  const Time before_;
};

}  // namespace mingjian
