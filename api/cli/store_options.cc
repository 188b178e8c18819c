#include "api/cli/store_options.h"

namespace mingjian::cli {

StoreCommand add_store_command(const Program& program, const std::string& name,
                               const std::string& description) {
  StoreCommand command{program.app.add_subcommand(name, description),
                       std::make_shared<GivenOptions>()};
  GivenOptions& given = *command.given;
  command.app->add_option("--config", given.config,
                          "设置文件（name = value） / a file of settings");
  command.app->add_option("--store", given.store,
                          "SQLite 数据库文件，或 mysql://用户:口令@主机/库 / a SQLite file, or "
                          "mysql://user:password@host/database [MINGJIAN_STORE, mingjian.db]");
  command.app->add_option("--workflows", given.workflows,
                          "流程定义目录 / the folder of definitions [MINGJIAN_WORKFLOWS]");
  return command;
}

}  // namespace mingjian::cli
