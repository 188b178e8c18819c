#include "api/cli/help.h"
#include "api/cli/installation.h"
#include "api/cli/store_options.h"
#include "engine/base/wording.h"

namespace mingjian::cli {
namespace {

constexpr std::size_t kCasesAtOnce = 500;

// mingjian verify: folds the events of every case and compares with its head, byte for byte.
int verify_store(const Settings& settings, std::ostream& out, std::ostream& complaints) {
  const auto installation = open_installation(settings, complaints);
  if (!installation) return kUnusable;
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::string after;
  for (;;) {
    const auto ids = installation->database->store().case_ids(after, kCasesAtOnce);
    if (!ids) {
      complaints << both(ids.error().message) << "\n";
      return kUnusable;
    }
    for (const CaseId& id : *ids) {
      const auto verified = installation->cases.verify(id);
      ++(verified ? right : wrong);
      if (!verified) out << id.value() << ": " << both(verified.error().message) << "\n";
    }
    if (ids->size() < kCasesAtOnce) break;
    after = ids->back().value();
  }
  out << "相符 verified: " << right << "，不符 damaged: " << wrong << "\n";
  return wrong == 0 ? kDone : kSomeRefused;
}

}  // namespace

void add_verify(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "verify", "核对全部案件与其事件 / check every case against its events");
  add_example(*command.app, "mingjian verify --store var/mingjian.db");
  when_chosen(command, program, [program](const Settings& settings) {
    return verify_store(settings, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
