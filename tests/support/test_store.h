#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/mariadb_server.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {

// A store for the program, with nothing in it and gone with the object: an SQLite file, or a
// database on MariaDB where the environment has MINGJIAN_TEST_STORE=mariadb, so that the same tests
// run on both.
class TestStore {
 public:
  TestStore();
  // In a folder that is there; on MariaDB on a server of its own, with these lines in its option
  // file, whose data are there too.
  TestStore(const std::string& folder, const std::vector<std::string>& mariadb_settings);

  // For --store, in quotes for a shell.
  [[nodiscard]] std::string option() const { return "--store '" + address_ + "'"; }
  [[nodiscard]] const std::string& address() const { return address_; }
  // What somebody does who has the database itself in hand.
  void tamper(const std::string& statement) const;

 private:
  [[nodiscard]] static bool on_mariadb();
  void make_database(int port);

  TemporaryFolder folder_;
  std::unique_ptr<MariadbServer> server_;  // not the shared one
  std::unique_ptr<MariadbDatabase> mariadb_;
  std::string address_;
};

}  // namespace mingjian::testing
