#pragma once

#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/support/temporary_folder.h"

namespace mingjian::testing {

// A real server of Debian's packages with a data folder of its own, on a free port of 127.0.0.1.
class MariadbServer {
 public:
  // Makes the data folder and starts. `settings` are lines of an option file, e.g. "sync_binlog=1".
  // Throws std::runtime_error with what the server wrote.
  explicit MariadbServer(std::vector<std::string> settings = {});
  // The same with a data folder, which may be there already, and stays.
  MariadbServer(std::string folder, std::vector<std::string> settings);
  ~MariadbServer();
  MariadbServer(const MariadbServer&) = delete;
  MariadbServer& operator=(const MariadbServer&) = delete;

  // Ends it with the signal (SIGKILL: as with the power) and waits for that.
  void end(int signal);
  // Starts it again on the same port. Returns when it answers.
  void start();
  // SIGSTOP, SIGCONT.
  void send(int signal) const;
  // Lets it run on when this object is gone.
  void release() { process_ = 0; }

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] pid_t process() const { return process_; }

 private:
  std::unique_ptr<TemporaryFolder> own_folder_;
  const std::string folder_;
  const std::vector<std::string> settings_;
  int port_ = 0;
  pid_t process_ = 0;
};

// A database of its own on a server, gone with the object.
class MariadbDatabase {
 public:
  explicit MariadbDatabase(int port);
  ~MariadbDatabase();
  MariadbDatabase(const MariadbDatabase&) = delete;
  MariadbDatabase& operator=(const MariadbDatabase&) = delete;

  // For --store and parse_mysql_address. `settings`: e.g. "isolation=repeatable-read".
  [[nodiscard]] std::string address(const std::string& settings = {}) const;
  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  const int port_;
  const std::string name_;
};

// The port of a server that tests of one run share: the one that CTest started (see
// mariadb_fixture.cc), or else one that this process starts, and ends.
[[nodiscard]] int shared_mariadb();

// Whether the server on the port takes connections; if not, why not.
struct Answers {
  bool yes = false;
  std::string why_not;
};
[[nodiscard]] Answers answers(int port);

// Runs statements, separated by semicolons, as the administrator of the server. Gives one column of
// the rows, the first where none is named, line by line. Throws std::runtime_error.
std::string run_sql(int port, const std::string& statements, unsigned column = 1);

}  // namespace mingjian::testing
