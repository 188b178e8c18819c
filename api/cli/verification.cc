#include "api/cli/verification.h"

#include "api/cli/exit_code.h"
#include "api/cli/installation.h"
#include "engine/base/wording.h"

namespace mingjian::cli {
namespace {

constexpr std::size_t kCasesAtOnce = 500;

}  // namespace

int verify_store(const Settings& settings, std::ostream& out, std::ostream& complaints,
                 WrongTimers wrong_timers) {
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t mended = 0;
  std::string after;
  for (;;) {
    const auto ids = installation->database->store().case_ids(after, kCasesAtOnce);
    if (!ids) {
      complaints << both(ids.error().message) << "\n";
      return kUnusable;
    }
    for (const CaseId& id : *ids) {
      if (wrong_timers == WrongTimers::kMend) {
        // What fails here is told below.
        if (installation->cases.mend_timer(id).value_or(false)) ++mended;
      }
      const auto verified = installation->cases.verify(id);
      ++(verified ? right : wrong);
      if (!verified) out << id.value() << ": " << both(verified.error().message) << "\n";
    }
    if (ids->size() < kCasesAtOnce) break;
    after = ids->back().value();
  }
  if (wrong_timers == WrongTimers::kMend) out << "重建定时 timers mended: " << mended << "\n";
  out << "相符 verified: " << right << "，不符 damaged: " << wrong << "\n";
  return wrong == 0 ? kDone : kSomeRefused;
}

}  // namespace mingjian::cli
