#include "api/cli/help.h"
#include "api/cli/store_options.h"
#include "api/cli/verification.h"

namespace mingjian::cli {
void add_verify(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "verify", "核对全部案件与其事件 / check every case against its events");
  add_example(*command.app, "mingjian verify --store var/mingjian.db");
  const auto mend = std::make_shared<bool>(false);
  command.app->add_flag(
      "--mend-timers", *mend,
      "先按案件现状重建不符的定时行 / first make timers anew that do not fit their "
      "cases");
  when_chosen(command, program, [program, mend](const Settings& settings) {
    return verify_store(settings, program.out, program.complaints,
                        *mend ? WrongTimers::kMend : WrongTimers::kReport);
  });
}

}  // namespace mingjian::cli
