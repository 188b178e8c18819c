#include "tests/support/mariadb_server.h"

#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <arpa/inet.h>
#include <cppconn/exception.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <fcntl.h>
#include <mysql_connection.h>
#include <mysql_driver.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace mingjian::testing {
namespace {

constexpr const char* kUser = "mingjian";
constexpr const char* kPassword = "only for tests";
constexpr std::chrono::seconds kStartsWithin{60};

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, general, size) != 0 || ::getsockname(socket, general, &size) != 0)
    throw std::runtime_error("no free port");
  ::close(socket);
  return ntohs(address.sin_port);
}

// A process whose output goes to a file.
pid_t spawn(const std::vector<std::string>& words, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(),
                                   O_WRONLY | O_CREAT | O_APPEND, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  // A group of its own: an interrupt at the terminal is for the tests, which then end the server.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  pid_t process = 0;
  const int failed =
      posix_spawnp(&process, words[0].c_str(), &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
  return process;
}

std::string content(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::unique_ptr<::sql::Connection> connect(int port) {
  ::sql::ConnectOptionsMap options;
  options["hostName"] = ::sql::SQLString("tcp://127.0.0.1:" + std::to_string(port));
  options["userName"] = ::sql::SQLString(kUser);
  options["password"] = ::sql::SQLString(kPassword);
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
  if (process_ <= 0) return;
  ::kill(process_, signal);
  ::kill(process_, SIGCONT);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

void MariadbServer::send(int signal) const { ::kill(process_, signal); }

void MariadbServer::start() {
  const std::string data = folder_ + "/data";
  const std::string log = folder_ + "/server.log";
  const std::string options = folder_ + "/options.cnf";
  const std::string people = folder_ + "/people.sql";
  const std::string temporary = folder_ + "/tmp";
  std::filesystem::create_directories(temporary);
  std::ofstream file(options);
  file << "[mariadbd]\ndatadir=" << data << "\nsocket=" << folder_
       << "/socket\npid-file=" << folder_ << "/pid\nport=" << port_
       << "\nbind-address=127.0.0.1\ninit-file=" << people
       << "\nlc-messages-dir=/usr/share/mysql\ncharacter-set-server=utf8mb4\n"
       // At its start a server clears this folder of temporary tables, also of those of others.
       << "tmpdir=" << temporary << "\n"
       << "innodb_buffer_pool_size=64M\ninnodb_log_file_size=48M\nmax_connections=300\n"
       << "performance_schema=OFF\n";
  // It refuses to run as root unless told so in as many words.
  if (::geteuid() == 0) file << "user=root\n";
  for (const std::string& setting : settings_) file << setting << "\n";
  file.close();
  std::ofstream(people) << "CREATE USER IF NOT EXISTS '" << kUser << "'@'%' IDENTIFIED BY '"
                        << kPassword << "';\nGRANT ALL ON *.* TO '" << kUser << "'@'%';\n";
  if (!std::filesystem::exists(data)) {
    const pid_t installer = spawn({"mariadb-install-db", "--defaults-file=" + options,
                                   "--auth-root-authentication-method=normal", "--skip-test-db"},
                                  log);
    int status = 0;
    ::waitpid(installer, &status, 0);
    if (status != 0) throw std::runtime_error("no data folder: " + content(log));
  }
  process_ = spawn({"mariadbd", "--defaults-file=" + options}, log);
  const auto end = std::chrono::steady_clock::now() + kStartsWithin;
  for (;;) {
    try {
      connect(port_);
      return;
    } catch (const ::sql::SQLException& exception) {
      if (::waitpid(process_, nullptr, WNOHANG) == process_) {
        process_ = 0;
        throw std::runtime_error("the server ended: " + content(log));
      }
      if (std::chrono::steady_clock::now() > end)
        throw std::runtime_error(std::string("the server does not answer: ") + exception.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }
}

std::string run_sql(int port, const std::string& statements) {
  try {
    const auto connection = connect(port);
    std::string answers;
    std::istringstream all(statements);
    for (std::string statement; std::getline(all, statement, ';');) {
      if (statement.find_first_not_of(" \n") == std::string::npos) continue;
      const std::unique_ptr<::sql::Statement> prepared(connection->createStatement());
      if (!prepared->execute(statement)) continue;
      const std::unique_ptr<::sql::ResultSet> rows(prepared->getResultSet());
      while (rows->next()) answers += rows->getString(1).asStdString() + "\n";
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
  return std::string("mysql://") + kUser +
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
