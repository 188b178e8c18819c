#pragma once

#include <ostream>

namespace CLI {
class App;
}

namespace mingjian::cli {

// What a subcommand adds itself to, and where it writes. All outlive the parsing.
struct Program {
  CLI::App& app;
  std::ostream& out;
  std::ostream& complaints;
  int& exit_code;  // see exit_code.h
};

using AddCommand = void(const Program& program);

// One subcommand each, in the file of its name.
AddCommand add_serve, add_office, add_import, add_verify, add_lint, add_diff, add_impact,
    add_migrate, add_migrate_store, add_backup, add_restore, add_diagram, add_manual, add_simulate,
    add_demonstrate;

}  // namespace mingjian::cli
