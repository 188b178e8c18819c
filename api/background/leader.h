#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/result.h"
#include "engine/ports/leases.h"

namespace mingjian::background {

// Work that only one of several processes should do, now and again.
struct Chore {
  // A part of it, small enough that nobody waits for it: whether there is more to do at once.
  // `lease` has the fence, for work that must not be done by a holder of the past.
  using Run = std::function<Result<bool>(const Lease& lease)>;

  std::string name;
  std::chrono::milliseconds every;  // from the end of the work to its next beginning
  Run run;
};

struct LeaderOptions {
  // How long the others wait for one that died.
  std::chrono::milliseconds duration = std::chrono::seconds(15);
  // From one renewal, or one try to take the lease, to the next.
  std::chrono::milliseconds renewal = std::chrono::seconds(5);
  // Between two parts of one chore, for those who wait for the store.
  std::chrono::milliseconds pause = std::chrono::milliseconds(50);
};

// What became of a chore in this process.
struct ChoreCounts {
  std::uint64_t runs = 0;
  std::uint64_t failures = 0;
};

// A thread that does chores while this process holds the lease, and else waits for its turn. Once
// the lease is over by this process's own steady clock nothing is begun any more. Thread-safe.
class Leader {
 public:
  // For the operators: what a chore, or the lease, failed with. Said once until it works again.
  using Report = std::function<void(const std::string& what)>;

  // `holder` names this run of this process and nobody else. `leases` and all that the chores use
  // must outlive it.
  Leader(Leases& leases, std::string name, std::string holder, std::vector<Chore> chores,
         Report report, LeaderOptions options = {});
  // Waits for the part of a chore that is being done, and lets the lease go.
  ~Leader();
  Leader(const Leader&) = delete;
  Leader& operator=(const Leader&) = delete;

  [[nodiscard]] bool leads() const { return leads_; }
  [[nodiscard]] std::map<std::string, ChoreCounts> counts() const;

 private:
  using Clock = std::chrono::steady_clock;
  struct Planned {
    Chore chore;
    Clock::time_point due;
    bool failing = false;
  };

  void loop();
  void renew();
  [[nodiscard]] bool holds() const { return Clock::now() < held_until_; }
  void do_what_is_due();
  void run(Planned& planned);
  [[nodiscard]] Clock::time_point next() const;
  void note(bool& failing, const std::string& name, const Error* error);

  Leases& leases_;
  const std::string name_;
  const std::string holder_;
  const Report report_;
  const LeaderOptions options_;
  // Of the thread alone.
  std::vector<Planned> planned_;
  Lease lease_;
  Clock::time_point held_until_;
  Clock::time_point renew_at_;
  bool cannot_renew_ = false;

  std::atomic<bool> leads_ = false;
  mutable std::mutex mutex_;  // guards what follows, up to the thread
  std::condition_variable stop_;
  bool stopping_ = false;
  std::map<std::string, ChoreCounts> counts_;
  std::thread thread_;
};

}  // namespace mingjian::background
