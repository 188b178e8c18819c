// Durable transitions per second over HTTP: the real program on a fresh store, clients that take
// real transitions on real cases, and what plain SQLite does on the same disk with the same rows.
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "tests/bench/api_clients.h"
#include "tests/bench/plain_sqlite.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::bench {
namespace {

const std::string kWorkflows = std::string(MINGJIAN_SOURCE_DIR) + "/workflows";
const std::string kOffice = kWorkflows + "/demonstration/office.json";

struct Given {
  std::size_t commands = 6000;
  std::vector<std::size_t> clients = {1, 8, 32};
};

void print_line(const std::string& what, const Figures& figures, double ratio) {
  std::printf("%-28s %9zu %12.0f %9.2f %9.2f %9.2f\n", what.c_str(), figures.waits_ms.size(),
              figures.per_second(), figures.percentile(0.5), figures.percentile(0.99), ratio);
}

void print_table(const std::vector<std::pair<std::size_t, Figures>>& rounds,
                 const Figures& sqlite) {
  std::printf(
      "持久办理步骤，经 HTTP；末列为与同机 SQLite 逐条提交之比\n"
      "Durable transitions over HTTP; the last column is the ratio to plain SQLite, one "
      "transaction a command\n\n");
  std::printf("%-28s %9s %12s %9s %9s %9s\n", "", "commands", "per second", "p50 ms", "p99 ms",
              "ratio");
  print_line("SQLite", sqlite, 1);
  for (const auto& [clients, figures] : rounds) {
    print_line("mingjian, clients: " + std::to_string(clients), figures,
               figures.per_second() / sqlite.per_second());
  }
}

void run(const Given& given) {
  const testing::TemporaryFolder folder;
  const std::string store = folder.file("cases.db");
  const std::string options = "--store '" + store + "' --workflows '" + kWorkflows + "'";
  const auto office = testing::run("office '" + kOffice + "' " + options);
  if (office.code != 0) throw std::runtime_error(office.out);
  std::vector<std::pair<std::size_t, Figures>> rounds;
  {
    const testing::ServeProcess server(options);
    const auto people = sign_in_all(server.address(), kOffice);
    for (const std::size_t clients : given.clients) {
      rounds.emplace_back(clients,
                          measure_clients(server.address(), people, clients, given.commands));
    }
  }
  print_table(rounds, measure_plain_sqlite(store, folder.file("plain.db"), given.commands));
}

}  // namespace
}  // namespace mingjian::bench

int main(int argc, char** argv) {
  using mingjian::bench::Given;
  Given given;
  CLI::App app(
      "测量经 HTTP 每秒可持久办理的步骤 / measures durable transitions per second over HTTP");
  app.add_option("--commands", given.commands, "每轮的步骤数 / transitions of each round")
      ->capture_default_str();
  app.add_option("--clients", given.clients, "各轮的客户端数 / clients of each round")
      ->delimiter(',')
      ->capture_default_str();
  app.footer("数据库在 TMPDIR 中 / the database is in TMPDIR");
  CLI11_PARSE(app, argc, argv);
  try {
    mingjian::bench::run(given);
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mingjian_bench_http: %s\n", exception.what());
    return 1;
  }
}
