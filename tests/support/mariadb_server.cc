#include "tests/support/mariadb_server.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <unistd.h>

#include "tests/support/mariadb_folder.h"
#include "tests/support/process.h"

namespace mingjian::testing {
namespace {

constexpr std::chrono::seconds kStartsWithin{60};

std::unique_ptr<::sql::Connection> connect(int port) {
  ::sql::ConnectOptionsMap options;
  options["hostName"] = ::sql::SQLString("tcp://127.0.0.1:" + std::to_string(port));
  options["userName"] = ::sql::SQLString(kTestUser);
  options["password"] = ::sql::SQLString(kTestPassword);
  options["OPT_CONNECT_TIMEOUT"] = 2;
  return std::unique_ptr<::sql::Connection>(::sql::mysql::get_driver_instance()->connect(options));
}

}  // namespace

MariadbServer::MariadbServer(std::vector<std::string> settings)
    : own_folder_(std::make_unique<TemporaryFolder>()),
      folder_(own_folder_->file("")),
      settings_(std::move(settings)),
      port_(free_port()) {
  start();
}

MariadbServer::MariadbServer(std::string folder, std::vector<std::string> settings)
    : folder_(std::move(folder)), settings_(std::move(settings)), port_(free_port()) {
  start();
}

MariadbServer::~MariadbServer() { end(SIGTERM); }

void MariadbServer::end(int signal) {
  if (process_ > 0) end_process(process_, signal);
  process_ = 0;
}

void MariadbServer::send(int signal) const { ::kill(process_, signal); }

void MariadbServer::start() {
  const MariadbFolder folder(folder_);
  std::vector<std::string> settings = settings_;
  // It refuses to run as root unless told so in as many words.
  if (::geteuid() == 0) settings.emplace_back("user=root");
  folder.prepare(port_, settings);
  process_ = start_process({"mariadbd", folder.options()}, folder.log());
  const auto end = std::chrono::steady_clock::now() + kStartsWithin;
  for (;;) {
    const Answers now = answers(port_);
    if (now.yes) return;
    if (has_ended(process_)) {
      process_ = 0;
      throw std::runtime_error("the server ended: " + content_of(folder.log()));
    }
    if (std::chrono::steady_clock::now() > end)
      throw std::runtime_error("the server does not answer: " + now.why_not);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

Answers answers(int port) {
  try {
    connect(port);
    return {true, {}};
  } catch (const ::sql::SQLException& exception) {
    return {false, exception.what()};
  }
}

std::string run_sql(int port, const std::string& statements, unsigned column) {
  try {
    const auto connection = connect(port);
    std::string answers;
    std::istringstream all(statements);
    for (std::string statement; std::getline(all, statement, ';');) {
      if (statement.find_first_not_of(" \n") == std::string::npos) continue;
      const std::unique_ptr<::sql::Statement> prepared(connection->createStatement());
      if (!prepared->execute(statement)) continue;
      const std::unique_ptr<::sql::ResultSet> rows(prepared->getResultSet());
      while (rows->next()) answers += rows->getString(column).asStdString() + "\n";
    }
    return answers;
  } catch (const ::sql::SQLException& exception) {
    throw std::runtime_error(exception.what() + (": " + statements));
  }
}

namespace {

std::string fresh_name() {
  static std::atomic<int> count = 0;
  return "t" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}

}  // namespace

MariadbDatabase::MariadbDatabase(int port) : port_(port), name_(fresh_name()) {
  run_sql(port_, "DROP DATABASE IF EXISTS " + name_ + "; CREATE DATABASE " + name_);
}

MariadbDatabase::~MariadbDatabase() {
  try {
    run_sql(port_, "DROP DATABASE IF EXISTS " + name_);
  } catch (const std::exception&) {  // its server is gone, and the database with it
    return;
  }
}

std::string MariadbDatabase::address(const std::string& settings) const {
  return std::string("mysql://") + kTestUser +
         ":only%20for%20tests@127.0.0.1:" + std::to_string(port_) + "/" + name_ +
         (settings.empty() ? "" : "?" + settings);
}

int shared_mariadb() {
  if (const char* const port = std::getenv("MINGJIAN_TEST_MARIADB_PORT_FILE")) {
    int number = 0;
    if (std::ifstream(port) >> number) return number;
  }
  static MariadbServer server;
  return server.port();
}

}  // namespace mingjian::testing
