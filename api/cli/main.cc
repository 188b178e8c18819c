#include <iostream>

#include <CLI/CLI.hpp>

#include "api/cli/commands.h"
#include "api/cli/exit_code.h"
#include "api/cli/help.h"

int main(int argc, char** argv) {
  using namespace mingjian::cli;
  CLI::App app(
      "明鉴 mingjian：纪检监察案件流程引擎 / workflow engine for inspection and supervision cases");
  app.footer(
      "退出码 exit codes: 0 完成 done; 1 有未通过的 something was refused; 2 无法进行 unusable "
      "input or store");
  app.require_subcommand(1);
  int code = kDone;
  for (AddCommand* const add : {add_serve, add_office, add_import, add_verify, add_lint, add_diff,
                                add_impact, add_migrate, add_migrate_store, add_backup, add_restore,
                                add_diagram, add_manual, add_simulate, add_demonstrate}) {
    add({app, std::cout, std::cerr, code});
  }
  add_example(app, "mingjian serve --help");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kUnusable;
  }
  return code;
}
