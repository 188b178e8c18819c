// What people wait for who work on a store of many cases: the inbox, the lists, a search, a case
// and its history, and their own acts, over HTTP, in stores of different size side by side.
#include <array>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <httplib.h>
#include <nlohmann/json.hpp>

#include "adapters/mysql/database.h"
#include "adapters/sqlite/database.h"
#include "api/cli/progress.h"
#include "tests/bench/api_clients.h"
#include "tests/bench/case_copies.h"
#include "tests/bench/figures.h"
#include "tests/support/mariadb_server.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::bench {
namespace {

using Json = nlohmann::json;

const std::string kWorkflows = std::string(MINGJIAN_SOURCE_DIR) + "/workflows";
const std::string kDemonstration = kWorkflows + "/demonstration";

struct Given {
  std::vector<std::size_t> cases = {10'000, 1'000'000};
  std::size_t requests = 200;
  std::size_t acts = 2000;
  bool on_mariadb = false;
};

void run_or_throw(const std::string& arguments) {
  const testing::Ran ran = testing::run(arguments);
  if (ran.code != 0) throw std::runtime_error(ran.out);
}

std::string options_of(const std::string& store) {
  return "--store '" + store + "' --workflows '" + kWorkflows + "'";
}

// The demonstration office with its cases at different stages, as scripts/run has it.
void make_patterns(const std::string& store) {
  run_or_throw("office '" + kDemonstration + "/office.json' " + options_of(store));
  run_or_throw("import '" + kDemonstration + "/cases.jsonl' --as he-qing " + options_of(store));
  const testing::ServeProcess server(options_of(store));
  run_or_throw("demonstrate --server " + server.address() + " --office '" + kDemonstration +
               "/office.json' --cases '" + kDemonstration + "/cases.jsonl' --workflows '" +
               kWorkflows + "'");
}

template <class Kind, class From>
std::unique_ptr<Database> opened(const From& from) {
  auto database = Kind::open(from);
  if (!database) throw std::runtime_error(database.error().message.en);
  return std::move(*database);
}

std::unique_ptr<Database> open_store(const Given& given, const std::string& store) {
  if (given.on_mariadb) return opened<MysqlDatabase>(parse_mysql_address(store).value());
  return opened<SqliteDatabase>(store);
}

// Something that somebody looks at, again and again.
struct Question {
  std::string name;
  std::string person;
  std::string path;  // {id} stands for a case, another one each time
};

const std::vector<Question>& questions() {
  static const std::vector<Question> kQuestions = {
      {"inbox", "zhou-yan", "/api/v1/tasks"},
      {"inbox, further down", "zhou-yan", "/api/v1/tasks?cursor={id}"},
      {"done", "zhou-yan", "/api/v1/tasks?state=done"},
      {"list", "he-qing", "/api/v1/cases"},
      {"list, further down", "he-qing", "/api/v1/cases?cursor={id}"},
      {"list of his own", "lin-wei", "/api/v1/cases"},
      {"list of open ones", "he-qing", "/api/v1/cases?closed=false"},
      {"search, many found", "he-qing", "/api/v1/cases?q=%E5%8F%B7"},
      {"search, none found", "he-qing", "/api/v1/cases?q=nowhere"},
      {"case", "he-qing", "/api/v1/cases/{id}"},
      {"transitions", "he-qing", "/api/v1/cases/{id}/transitions"},
      {"history", "he-qing", "/api/v1/cases/{id}/history"}};
  return kQuestions;
}

// Signed in, on one connection.
class Reader {
 public:
  Reader(const std::string& address, const std::string& person) : http_(address) {
    http_.set_keep_alive(true);
    http_.set_tcp_nodelay(true);
    http_.set_read_timeout(120);
    const Json body = {{"person", person}, {"password", "demo-mingjian-2026"}};
    const auto answer = http_.Post("/api/v1/sessions", body.dump(), "application/json");
    if (!answer || answer->status != 201) throw std::runtime_error("cannot sign in " + person);
    http_.set_default_headers(
        {{"Authorization", "Bearer " + Json::parse(answer->body)["token"].get<std::string>()}});
  }

  // The wait in milliseconds.
  double ask(const std::string& path) {
    const Stopwatch one;
    const auto answer = http_.Get(path);
    const double wait_ms = one.seconds() * 1e3;
    if (!answer || answer->status != 200)
      throw std::runtime_error(path + ": " + (answer ? answer->body : "no answer"));
    return wait_ms;
  }

 private:
  httplib::Client http_;
};

// Ids of cases from all over the store.
std::vector<std::string> some_cases(Store& store, std::size_t count, std::size_t stride) {
  std::vector<std::string> ids;
  std::string after;
  while (ids.size() < count) {
    auto page = store.case_ids(after, stride);
    if (!page) throw std::runtime_error(page.error().message.en);
    if (page->empty()) break;
    ids.push_back(page->front().value());
    after = page->back().value();
  }
  std::shuffle(ids.begin(), ids.end(), std::minstd_rand(1));
  return ids;
}

Figures measure(const Given& given, const std::string& address, const Question& question,
                const std::vector<std::string>& ids) {
  Reader reader(address, question.person);
  Figures figures;
  const Stopwatch whole;
  const auto place = question.path.find("{id}");
  for (std::size_t i = 0; i < given.requests; ++i) {
    std::string path = question.path;
    if (place != std::string::npos) path.replace(place, 4, ids[i % ids.size()]);
    figures.waits_ms.push_back(reader.ask(path));
    // Where one answer takes very long a few of them say it all.
    constexpr double kEnoughSeconds = 60;
    if (whole.seconds() > kEnoughSeconds) break;
  }
  figures.seconds = whole.seconds();
  std::sort(figures.waits_ms.begin(), figures.waits_ms.end());
  return figures;
}

void print_line(const std::string& cases, const std::string& name, const Figures& figures,
                double ratio) {
  std::printf("%-22s %10s %9zu %9.2f %9.2f %9.2f %7.2f\n", name.c_str(), cases.c_str(),
              figures.waits_ms.size(), figures.percentile(0.5), figures.percentile(0.95),
              figures.percentile(0.99), ratio);
}

constexpr std::array<std::size_t, 2> kClients = {1, 8};  // that act at the same time

// What a line of the table says.
std::vector<std::string> names_of_lines() {
  std::vector<std::string> names;
  for (const Question& question : questions()) names.push_back(question.name);
  for (const std::size_t clients : kClients)
    names.push_back("acts, " + std::to_string(clients) + " at a time");
  return names;
}

using Round = std::vector<Figures>;  // one a line

Round measure_store(const Given& given, const std::string& store, std::size_t cases) {
  const auto database = open_store(given, store);
  const auto ids = some_cases(database->store(), given.requests, cases / given.requests + 1);
  const testing::ServeProcess server(options_of(store));
  Round round;
  for (const Question& question : questions()) {
    round.push_back(measure(given, server.address(), question, ids));
    // What is known before the end of a long run, also where it ends early.
    std::fprintf(stderr, "%zu, %s: %.2f ms\n", cases, question.name.c_str(),
                 round.back().percentile(0.5));
  }
  const auto people = sign_in_all(server.address(), kDemonstration + "/office.json");
  for (const std::size_t clients : kClients) {
    round.push_back(measure_clients({server.address()}, people, clients, given.acts,
                                    std::to_string(cases) + "-" + std::to_string(clients)));
  }
  return round;
}

void run(const Given& given, const std::string& store) {
  make_patterns(store);
  const auto database = open_store(given, store);
  CaseCopies copies(*database);
  std::vector<Round> rounds;
  std::size_t present = 0;
  for (const std::size_t cases : given.cases) {
    if (cases < present) throw std::runtime_error("--cases must rise");
    const Stopwatch filling;
    {
      cli::Progress progress(std::cerr, "复制 copying", cases, cli::on_a_terminal());
      copies.add_to(*database, cases - present,
                    [&](std::size_t done) { progress.advance_to(present + done); });
    }
    // The smallest store is folded, to be sure that copies are cases.
    if (present == 0) run_or_throw("verify " + options_of(store));
    present = cases;
    std::fprintf(stderr, "%zu: %.0f s\n", cases, filling.seconds());
    rounds.push_back(measure_store(given, store, cases));
  }
  std::printf(
      "各种读取和办理，经 HTTP，毫秒；末列为 p50 与最少案件时之比\n"
      "Readings and acts over HTTP, in milliseconds; the last column is the ratio of p50 to that "
      "with the fewest cases\n\n%-22s %10s %9s %9s %9s %9s %7s\n",
      "", "cases", "requests", "p50", "p95", "p99", "ratio");
  const auto names = names_of_lines();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double first = rounds.front()[i].percentile(0.5);
    for (std::size_t round = 0; round < rounds.size(); ++round) {
      const Figures& figures = rounds[round][i];
      print_line(std::to_string(given.cases[round]), names[i], figures,
                 figures.percentile(0.5) / first);
    }
  }
}

void run(const Given& given) {
  if (given.on_mariadb) {
    const testing::MariadbServer server({"innodb_buffer_pool_size=2G", "innodb_log_file_size=1G"});
    const testing::MariadbDatabase place(server.port());
    return run(given, place.address());
  }
  const testing::TemporaryFolder folder;
  run(given, folder.file("cases.db"));
}

}  // namespace
}  // namespace mingjian::bench

int main(int argc, char** argv) {
  using mingjian::bench::Given;
  Given given;
  CLI::App app(
      "测量案件很多时读取和办理的快慢 / measures how long readings and acts take in a store of "
      "many "
      "cases");
  app.add_option("--cases", given.cases, "各轮的案件数，递增 / cases of each round, rising")
      ->delimiter(',')
      ->capture_default_str();
  app.add_option("--requests", given.requests, "每项的请求数 / requests of each reading")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_option("--acts", given.acts, "每项的办理步数 / transitions of each line of acts")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  app.add_flag("--mariadb", given.on_mariadb,
               "在 MariaDB 上，自行启动服务器 / on MariaDB, with a server of its own");
  app.footer(
      "数据库在 TMPDIR 中，每百万案件约需 25 GB，在 MariaDB 上 35 GB / the database is in TMPDIR, "
      "about 25 GB a million cases, 35 GB on MariaDB");
  CLI11_PARSE(app, argc, argv);
  try {
    mingjian::bench::run(given);
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "mingjian_bench_lists: %s\n", exception.what());
    return 1;
  }
}
