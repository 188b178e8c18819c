#include "api/background/leader.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace mingjian::background {
namespace {

// A bug in a chore must not end the process, or the other chores.
Result<bool> guarded(const Chore& chore, const Lease& lease) {
  try {
    return chore.run(lease);
  } catch (const std::exception& exception) {
    return fail(ErrorKind::kCorrupt, {exception.what(), exception.what()});
  }
}

}  // namespace

Leader::Leader(Leases& leases, std::string name, std::string holder, std::vector<Chore> chores,
               Report report, LeaderOptions options)
    : leases_(leases),
      name_(std::move(name)),
      holder_(std::move(holder)),
      report_(std::move(report)),
      options_(options),
      held_until_(Clock::time_point::min()),
      renew_at_(Clock::now()) {
  for (Chore& chore : chores) {
    counts_[chore.name];
    planned_.push_back({std::move(chore), renew_at_});
  }
  thread_ = std::thread([this] { loop(); });
}

Leader::~Leader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_one();
  thread_.join();
  // Where that fails it lapses by itself.
  if (leads_) static_cast<void>(leases_.release(name_, holder_));
}

std::map<std::string, ChoreCounts> Leader::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

void Leader::loop() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    if (Clock::now() >= renew_at_) renew();
    do_what_is_due();
    leads_ = holds();
    const auto wake = next();
    lock.lock();
    stop_.wait_until(lock, wake, [this] { return stopping_; });
  }
}

// The time of the lease counts from before it was asked for.
void Leader::renew() {
  const auto asked = Clock::now();
  auto taken = leases_.take(name_, holder_, options_.duration);
  note(cannot_renew_, "lease " + name_, taken ? nullptr : &taken.error());
  if (taken && *taken) {
    lease_ = std::move(**taken);
    held_until_ = asked + options_.duration;
  } else if (taken) {
    held_until_ = Clock::time_point::min();
  }
  leads_ = holds();
  renew_at_ = Clock::now() + options_.renewal;
}

void Leader::do_what_is_due() {
  for (Planned& planned : planned_) {
    const auto now = Clock::now();
    // What takes long must not keep the lease from being renewed.
    if (!holds() || now >= renew_at_) return;
    if (planned.due <= now) run(planned);
  }
}

void Leader::run(Planned& planned) {
  const Chore& chore = planned.chore;
  const auto more = guarded(chore, lease_);
  note(planned.failing, chore.name, more ? nullptr : &more.error());
  planned.due = Clock::now() + (more.value_or(false) ? options_.pause : chore.every);
  const std::lock_guard lock(mutex_);
  ChoreCounts& counts = counts_[chore.name];
  ++counts.runs;
  if (!more) ++counts.failures;
}

Leader::Clock::time_point Leader::next() const {
  auto wake = renew_at_;
  if (!holds()) return wake;
  for (const Planned& planned : planned_) wake = std::min(wake, planned.due);
  return wake;
}

void Leader::note(bool& failing, const std::string& name, const Error* error) {
  const bool was_failing = std::exchange(failing, error != nullptr);
  if (error != nullptr && !was_failing) report_(name + ": " + error->message.en);
}

}  // namespace mingjian::background
