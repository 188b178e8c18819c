// Bringing a database of an earlier version up to date.
#include <gtest/gtest.h>

#include "adapters/mysql/database.h"
#include "adapters/mysql/migrations.h"
#include "adapters/mysql/tables.h"
#include "tests/contract/sample.h"
#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

// The cases from before there were rows of timers get theirs from their heads.
TEST(MariadbMigration, GivesTheCasesThatAreThereTheirTimers) {
  const MariadbDatabase place(shared_mariadb());
  const MysqlOptions options = parse_mysql_address(place.address()).value();
  mysql::Connection connection(options, options.hosts[0]);
  ASSERT_TRUE(mysql::migrate(connection, mysql::migrations().first(1)));
  for (const Commit& commit : cases_with_timers()) mysql::write_heads(connection, {&commit.head});
  const auto database = MysqlDatabase::open(options);
  ASSERT_TRUE(database) << database.error().message.en;
  for (const Commit& commit : cases_with_timers()) {
    const auto due_at = (*database)->store().timer(commit.head.id).value();
    EXPECT_EQ(due_at, commit.timer.value().due_at) << commit.head.state;
  }
}

}  // namespace
}  // namespace mingjian::testing
