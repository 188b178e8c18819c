#include <iostream>

#include <CLI/CLI.hpp>

#include "api/cli/demonstrate.h"
#include "api/cli/exit_code.h"
#include "api/cli/import_cases.h"
#include "api/cli/import_office.h"
#include "api/cli/serve.h"
#include "api/cli/settings.h"
#include "api/cli/simulate.h"
#include "api/cli/verify_store.h"

namespace {

using mingjian::cli::GivenOptions;
using mingjian::cli::Settings;

// What the subcommands were given; one struct, so that main reads from top to bottom.
struct Given {
  GivenOptions options;
  std::string file;
  std::string person;
  std::string definition;
  std::string script;
  mingjian::cli::Demonstration demonstration;
};

void add_store_options(CLI::App& app, GivenOptions& given) {
  app.add_option("--config", given.config, "设置文件（name = value） / a file of settings");
  app.add_option("--store", given.store,
                 "SQLite 数据库文件 / the database file [MINGJIAN_STORE, mingjian.db]");
  app.add_option("--workflows", given.workflows,
                 "流程定义目录 / the folder of definitions [MINGJIAN_WORKFLOWS]");
}

// Runs `work` with the settings; complains where they are wrong.
template <class Work>
int with_settings(const GivenOptions& given, Work work) {
  const auto settings = mingjian::cli::read_settings(given);
  if (settings) return work(*settings);
  std::cerr << settings.error().message.zh << " / " << settings.error().message.en << "\n";
  return mingjian::cli::kUnusable;
}

void add_serve(CLI::App& app, Given& given, int& code) {
  CLI::App* serve = app.add_subcommand("serve", "启动服务 / run the server");
  add_store_options(*serve, given.options);
  serve->add_option("--host", given.options.host,
                    "监听地址 / address to listen on [MINGJIAN_HOST, 127.0.0.1]");
  serve->add_option("--port", given.options.port,
                    "端口，0 为任意空闲端口 / port, 0: any free one [MINGJIAN_PORT, 8080]");
  serve->add_option("--workers", given.options.workers,
                    "工作线程数 / threads that answer [MINGJIAN_WORKERS, 8]");
  serve->callback([&] {
    code = with_settings(given.options, [](const Settings& s) {
      return mingjian::cli::serve(s, std::cout, std::cerr);
    });
  });
}

void add_import(CLI::App& app, Given& given, int& code) {
  CLI::App* import = app.add_subcommand(
      "import", "由 JSON Lines 文件受理案件 / file cases from a JSON Lines file");
  add_store_options(*import, given.options);
  import->add_option("file", given.file, "每行一个案件 / one case a line")->required();
  import->add_option("--as", given.person, "以谁的名义受理 / the person who files them")
      ->required();
  import->callback([&] {
    code = with_settings(given.options, [&](const Settings& s) {
      return mingjian::cli::import_cases(s, given.file, given.person, std::cout, std::cerr);
});
}  // namespace
);
}

void add_office(CLI::App& app, Given& given, int& code) {
  CLI::App* office =
      app.add_subcommand("office", "导入组织、人员和任职 / load organisations, people and posts");
  add_store_options(*office, given.options);
  office->add_option("file", given.file, "JSON 文件 / a JSON file")->required();
  office->callback([&] {
    code = with_settings(given.options, [&](const Settings& s) {
      return mingjian::cli::import_office(s, given.file, std::cout, std::cerr);
    });
  });
}

void add_verify(CLI::App& app, Given& given, int& code) {
  CLI::App* verify =
      app.add_subcommand("verify", "核对全部案件与其事件 / check every case against its events");
  add_store_options(*verify, given.options);
  verify->callback([&] {
    code = with_settings(given.options, [](const Settings& s) {
      return mingjian::cli::verify_store(s, std::cout, std::cerr);
    });
  });
}

void add_simulate(CLI::App& app, Given& given, int& code) {
  CLI::App* simulate =
      app.add_subcommand("simulate", "按脚本运行状态图 / run a statechart by a script");
  simulate->add_option("--definition", given.definition, "定义文件 / the definition")->required();
  simulate->add_option("--script", given.script, "步骤文件 / the steps")->required();
  simulate->callback([&] {
    code = mingjian::cli::simulate(given.definition, given.script, std::cout, std::cerr);
  });
}

void add_demonstrate(CLI::App& app, Given& given, int& code) {
  auto& demonstration = given.demonstration;
  CLI::App* demonstrate = app.add_subcommand(
      "demonstrate",
      "由不同人员把示范案件办到不同环节 / move the demonstration cases on, as different people");
  demonstrate
      ->add_option("--server", demonstration.server,
                   "服务地址 / address of the server, e.g. http://127.0.0.1:8080")
      ->required();
  demonstrate
      ->add_option("--office", demonstration.office_file,
                   "人员文件 / the office file with passwords")
      ->required();
  demonstrate->add_option("--cases", demonstration.cases_file, "案件文件 / the cases, as imported")
      ->required();
  demonstrate->add_flag("--to-the-end", demonstration.to_the_end, "全部办结 / close every case");
  demonstrate->callback(
      [&] { code = mingjian::cli::demonstrate(demonstration, std::cout, std::cerr); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "明鉴 mingjian：纪检监察案件流程引擎 / workflow engine for inspection and supervision cases");
  app.footer(
      "退出码 exit codes: 0 完成 done; 1 有未通过的 something was refused; 2 无法进行 unusable "
      "input or store");
  app.require_subcommand(1);
  Given given;
  int code = mingjian::cli::kDone;
  add_serve(app, given, code);
  add_office(app, given, code);
  add_import(app, given, code);
  add_verify(app, given, code);
  add_simulate(app, given, code);
  add_demonstrate(app, given, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? mingjian::cli::kDone : mingjian::cli::kUnusable;
  }
  return code;
}
