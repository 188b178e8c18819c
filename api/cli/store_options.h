#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/settings.h"
#include "engine/base/wording.h"

namespace mingjian::cli {

// A new subcommand with the options that all subcommands working on a store have.
struct StoreCommand {
  CLI::App* app;
  std::shared_ptr<GivenOptions> given;
};
[[nodiscard]] StoreCommand add_store_command(const Program& program, const std::string& name,
                                             const std::string& description);

// Runs `work(settings)` when the subcommand is chosen, and takes its exit code; complains where the
// settings are wrong.
template <class Work>
void when_chosen(const StoreCommand& command, const Program& program, Work work) {
  command.app->callback([given = command.given, program, work] {
    const auto settings = read_settings(*given);
    if (settings) {
      program.exit_code = work(*settings);
      return;
    }
    program.complaints << both(settings.error().message) << "\n";
    program.exit_code = kUnusable;
  });
}

}  // namespace mingjian::cli
