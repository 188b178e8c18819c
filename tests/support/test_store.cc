#include "tests/support/test_store.h"

#include <cstdlib>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace mingjian::testing {

TestStore::TestStore() : address_(folder_.file("cases.db")) {
  const char* const kind = std::getenv("MINGJIAN_TEST_STORE");
  if (kind == nullptr || std::string_view(kind) != "mariadb") return;
  mariadb_ = std::make_unique<MariadbDatabase>(shared_mariadb());
  address_ = mariadb_->address();
}

void TestStore::tamper(const std::string& statement) const {
  if (mariadb_) {
    run_sql(shared_mariadb(), "USE " + mariadb_->name() + "; " + statement);
  } else {
    constexpr int kPatienceMilliseconds = 10'000;  // for a program that writes now
    SQLite::Database(address_, SQLite::OPEN_READWRITE, kPatienceMilliseconds).exec(statement);
  }
}

}  // namespace mingjian::testing
