#include "tests/support/test_store.h"

#include <cstdlib>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace mingjian::testing {

TestStore::TestStore() : address_(folder_.file("cases.db")) {
  if (on_mariadb()) make_database(shared_mariadb());
}

TestStore::TestStore(const std::string& folder, const std::vector<std::string>& mariadb_settings)
    : address_(folder + "/cases.db") {
  if (!on_mariadb()) return;
  server_ = std::make_unique<MariadbServer>(folder, mariadb_settings);
  make_database(server_->port());
}

bool TestStore::on_mariadb() {
  const char* const kind = std::getenv("MINGJIAN_TEST_STORE");
  return kind != nullptr && std::string_view(kind) == "mariadb";
}

void TestStore::make_database(int port) {
  mariadb_ = std::make_unique<MariadbDatabase>(port);
  address_ = mariadb_->address();
}

void TestStore::tamper(const std::string& statement) const {
  if (mariadb_) {
    run_sql(server_ ? server_->port() : shared_mariadb(),
            "USE " + mariadb_->name() + "; " + statement);
  } else {
    constexpr int kPatienceMilliseconds = 10'000;  // for a program that writes now
    SQLite::Database(address_, SQLite::OPEN_READWRITE, kPatienceMilliseconds).exec(statement);
  }
}

}  // namespace mingjian::testing
