#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "engine/ports/clock.h"

namespace mingjian::background {

// Work that comes again and again, on a thread of its own, until the object goes.
class Recurring {
 public:
  // Does the work once and gives when to do it again, by `clock`.
  using Work = std::function<Result<Instant>()>;
  // Hears of what failed, once until the work succeeds again.
  using Complain = std::function<void(const std::string&)>;

  // `clock` must outlive it.
  Recurring(Clock& clock, Work work, Complain complain);
  // Waits for the end of the work under way.
  ~Recurring();
  Recurring(const Recurring&) = delete;
  Recurring& operator=(const Recurring&) = delete;

 private:
  void loop();
  [[nodiscard]] Instant run_once();
  // Whether to go on. Waits a second at most, whatever the clock says: it may have jumped.
  [[nodiscard]] bool wait_until(Instant next);

  Clock& clock_;
  const Work work_;
  const Complain complain_;
  bool failing_ = false;  // of the thread alone
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mingjian::background
