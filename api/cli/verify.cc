#include "api/cli/help.h"
#include "api/cli/store_options.h"
#include "api/cli/verification.h"

namespace mingjian::cli {
void add_verify(const Program& program) {
  const StoreCommand command = add_store_command(
      program, "verify", "核对全部案件与其事件 / check every case against its events");
  add_example(*command.app, "mingjian verify --store var/mingjian.db");
  when_chosen(command, program, [program](const Settings& settings) {
    return verify_store(settings, program.out, program.complaints);
  });
}

}  // namespace mingjian::cli
