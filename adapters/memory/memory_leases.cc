#include "adapters/memory/memory_leases.h"

namespace mingjian {

Result<std::optional<Lease>> MemoryLeases::take(const std::string& name, const std::string& holder,
                                                std::chrono::milliseconds duration) {
  const std::lock_guard lock(mutex_);
  const auto now = Clock::now();
  Held& held = held_.try_emplace(name, Held{{name, "", 0}, now}).first->second;
  if (held.lease.holder != holder) {
    if (held.until > now) return std::nullopt;
    held.lease.holder = holder;
    ++held.lease.fence;
  }
  held.until = now + duration;
  return held.lease;
}

Result<void> MemoryLeases::release(const std::string& name, const std::string& holder) {
  const std::lock_guard lock(mutex_);
  const auto found = held_.find(name);
  if (found != held_.end() && found->second.lease.holder == holder)
    found->second.until = Clock::time_point::min();
  return {};
}

}  // namespace mingjian
