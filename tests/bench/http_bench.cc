// Durable transitions per second over HTTP: the real program on a fresh store, clients that take
// real transitions on real cases, and what plain SQLite, or MariaDB, does on the same disk with the
// same rows.
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "adapters/mysql/database.h"
#include "tests/bench/api_clients.h"
#include "tests/bench/plain_mariadb.h"
#include "tests/bench/plain_sqlite.h"
#include "tests/bench/stored_commits.h"
#include "tests/support/mariadb_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::bench {
namespace {

const std::string kWorkflows = std::string(MINGJIAN_SOURCE_DIR) + "/workflows";
const std::string kOffice = kWorkflows + "/demonstration/office.json";

struct Given {
  std::size_t commands = 6000;
  std::vector<std::size_t> clients = {1, 8, 32};
  bool on_mariadb = false;
};

void print_line(const std::string& what, const Figures& figures, double ratio) {
  std::printf("%-28s %9zu %12.0f %9.2f %9.2f %9.2f\n", what.c_str(), figures.waits_ms.size(),
              figures.per_second(), figures.percentile(0.5), figures.percentile(0.99), ratio);
}

void print_head(const char* zh, const char* en) {
  std::printf("%s\n%s\n\n", zh, en);
  std::printf("%-28s %9s %12s %9s %9s %9s\n", "", "commands", "per second", "p50 ms", "p99 ms",
              "ratio");
}

using Rounds = std::vector<std::pair<std::size_t, Figures>>;

// So many processes of the program on one store with the demonstration office, and a round for each
// number of clients.
Rounds measure_program(const Given& given, const std::string& store, std::size_t processes = 1) {
  const std::string options = "--store '" + store + "' --workflows '" + kWorkflows + "'";
  const auto office = testing::run("office '" + kOffice + "' " + options);
  if (office.code != 0) throw std::runtime_error(office.out);
  std::vector<std::unique_ptr<testing::ServeProcess>> servers;
  std::vector<std::string> addresses;
  for (std::size_t i = 0; i < processes; ++i) {
    servers.push_back(std::make_unique<testing::ServeProcess>(options));
    addresses.push_back(servers.back()->address());
  }
  const auto people = sign_in_all(addresses.front(), kOffice);
  Rounds rounds;
  for (const std::size_t clients : given.clients) {
    rounds.emplace_back(clients, measure_clients(addresses, people, clients, given.commands,
                                                 "bench-" + std::to_string(clients)));
  }
  return rounds;
}

void run_on_sqlite(const Given& given) {
  const testing::TemporaryFolder folder;
  const std::string store = folder.file("cases.db");
  const Rounds rounds = measure_program(given, store);
  const Figures sqlite = measure_plain_sqlite(store, folder.file("plain.db"), given.commands);
  print_head("持久办理步骤，经 HTTP；末列为与同机 SQLite 逐条提交之比",
             "Durable transitions over HTTP; the last column is the ratio to plain SQLite, one "
             "transaction a command");
  print_line("SQLite", sqlite, 1);
  for (const auto& [clients, figures] : rounds) {
    print_line("mingjian, clients: " + std::to_string(clients), figures,
               figures.per_second() / sqlite.per_second());
  }
}

MysqlOptions options_of(const testing::MariadbDatabase& place) {
  return parse_mysql_address(place.address()).value();
}

// Makes the schema.
std::unique_ptr<MysqlDatabase> opened(const testing::MariadbDatabase& place) {
  auto database = MysqlDatabase::open(options_of(place));
  if (!database) throw std::runtime_error(database.error().message.en);
  return std::move(*database);
}

void run_on_mariadb(const Given& given) {
  const testing::MariadbServer server({"innodb_buffer_pool_size=512M"});
  const testing::MariadbDatabase place(server.port());
  const Rounds rounds = measure_program(given, place.address());
  const testing::MariadbDatabase shared(server.port());
  const Rounds of_two = measure_program(given, shared.address(), 2);
  const auto cases = stored_commits(opened(place)->store(), given.commands / 2);
  print_head(
      "持久办理步骤，经 HTTP，MariaDB；末列为与同一服务器逐条提交（同样的行、同样多的连接）之比",
      "Durable transitions over HTTP on MariaDB; the last column is the ratio to the same server "
      "with one\ntransaction a command: the same rows from so many connections, in a tight loop");
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const auto& [clients, figures] = rounds[i];
    const testing::MariadbDatabase fresh(server.port());
    static_cast<void>(opened(fresh));
    const Figures limit = measure_plain_mariadb(cases, options_of(fresh), clients);
    print_line("MariaDB, connections: " + std::to_string(clients), limit, 1);
    print_line("mingjian, clients: " + std::to_string(clients), figures,
               figures.per_second() / limit.per_second());
    print_line("the same, 2 processes", of_two[i].second,
               of_two[i].second.per_second() / limit.per_second());
  }
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
  app.add_flag("--mariadb", given.on_mariadb,
               "在 MariaDB 上，自行启动服务器 / on MariaDB, with a server of its own");
  app.footer("数据库在 TMPDIR 中 / the database is in TMPDIR");
  CLI11_PARSE(app, argc, argv);
  try {
    if (given.on_mariadb) {
      mingjian::bench::run_on_mariadb(given);
    } else {
      mingjian::bench::run_on_sqlite(given);
    }
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mingjian_bench_http: %s\n", exception.what());
    return 1;
  }
}
