#pragma once

#include <chrono>
#include <functional>
#include <map>

#include "engine/service/case_service.h"

namespace mingjian {

// Lets happen what is due in the cases of a store. Any number of processes may do so on one store
// at a time: each takes claims for a while, and where a claim was lost with its process, or the
// clock of the database jumped, the case itself sees to it that each thing happens once. For one
// thread.
class TimerFiring {
 public:
  // Hears of a case in which what is due cannot happen: once, while it stays so.
  using Report = std::function<void(const CaseId&, const Rejection&)>;

  // What is claimed is left alone by others for so long; the same in every process of a store.
  static constexpr std::chrono::milliseconds kLease = std::chrono::seconds(10);
  // How long to leave the store alone where nothing is due.
  static constexpr std::chrono::microseconds kPause = std::chrono::seconds(1);

  // All must outlive it.
  TimerFiring(CaseService& cases, Clock& clock, IdSource& ids, Report report)
      : cases_(cases), clock_(clock), ids_(ids), report_(std::move(report)) {}

  // Claims what is due, a bounded number of cases, and lets it happen. Gives when to look again.
  // Errors: those of the store; what was not seen to is due again when the claim ends.
  [[nodiscard]] Result<Instant> run_once();

 private:
  [[nodiscard]] Result<void> see_to(const TimerRow& row);

  CaseService& cases_;
  Clock& clock_;
  IdSource& ids_;
  const Report report_;
  std::map<CaseId, Instant> reported_;  // with what was due
};

}  // namespace mingjian
