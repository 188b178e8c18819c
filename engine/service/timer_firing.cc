#include "engine/service/timer_firing.h"

namespace mingjian {
namespace {

// So few that they are done long before the claim ends.
constexpr std::size_t kAtOnce = 50;

}  // namespace

Result<Instant> TimerFiring::run_once() {
  const Instant now = clock_.now();
  const auto rows = cases_.store().claim_timers({now, ids_.uuid(now), kLease, kAtOnce});
  if (!rows) return tl::unexpected<Error>(rows.error());
  for (const TimerRow& row : *rows) {
    if (auto seen_to = see_to(row); !seen_to) return tl::unexpected<Error>(seen_to.error());
  }
  return rows->size() == kAtOnce ? now : Instant{now.microseconds + kPause.count()};
}

Result<void> TimerFiring::see_to(const TimerRow& row) {
  const auto fallen = cases_.fall_due(row.case_id);
  if (fallen) {
    reported_.erase(row.case_id);
    if (fallen->events > 0) return {};
    // Another had seen to it, or the row was not what the case says.
    auto mended = cases_.mend_timer(row.case_id);
    if (!mended) return tl::unexpected<Error>(mended.error());
    return {};
  }
  const auto* const error = std::get_if<Error>(&fallen.error());
  const bool of_the_store = error != nullptr && (error->kind == ErrorKind::kUnavailable ||
                                                 error->kind == ErrorKind::kStorageFull ||
                                                 error->kind == ErrorKind::kOutcomeUnknown);
  if (of_the_store) return tl::unexpected<Error>(*error);
  Instant& reported = reported_[row.case_id];
  if (reported != row.due_at) report_(row.case_id, fallen.error());
  reported = row.due_at;
  return {};
}

}  // namespace mingjian
