// What the lists read, as the server plans it: a page of an index in the order of the list, and
// never a whole table.
#include <gmock/gmock.h>

#include "adapters/mysql/database.h"
#include "adapters/mysql/queries.h"
#include "adapters/mysql/timers.h"
#include "tests/contract/listed_sample.h"
#include "tests/contract/sample.h"
#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// A line of EXPLAIN.
struct PlanLine {
  std::string table;
  std::string access;  // "ALL" reads every row
  std::string key;
  std::string extra;
};

class MariadbPlan : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = MysqlDatabase::open(options_);
    ASSERT_TRUE(opened) << opened.error().message.en;
    database_ = std::move(*opened);
    put_listed_sample(*database_);
    run_sql(shared_mariadb(),
            "USE " + place_.name() +
                "; ANALYZE TABLE cases, tasks, members, case_stages, events, timers");
  }

  std::vector<PlanLine> plan(const std::string& text, const std::vector<sql::Value>& values) {
    mysql::Connection connection(options_, options_.hosts[0]);
    mysql::Rows rows = connection.query("EXPLAIN " + text, values);
    std::vector<PlanLine> lines;
    while (rows.next()) lines.push_back({rows.text(2), rows.text(3), rows.text(5), rows.text(9)});
    return lines;
  }

  // Of the tables only the page itself, which is in memory, may be read as a whole, and sorted.
  void expect_indexes(const sql::UnionQuery& query) {
    const auto lines = plan(query.text(), query.values());
    ASSERT_THAT(lines, Not(IsEmpty()));
    for (const PlanLine& line : lines) {
      if (line.table.empty() || line.table.starts_with("<")) continue;
      EXPECT_NE(line.access, "ALL") << line.table << ": " << line.extra;
      EXPECT_NE(line.key, "") << line.table;
      EXPECT_THAT(line.extra, Not(AnyOf(HasSubstr("filesort"), HasSubstr("temporary"))))
          << line.table;
    }
  }

  MariadbDatabase place_{shared_mariadb()};
  MysqlOptions options_ = parse_mysql_address(place_.address()).value();
  std::unique_ptr<MysqlDatabase> database_;
};

TEST_F(MariadbPlan, OfListsOfCasesReadsIndexes) {
  for (const CaseQuery& query : listed_cases()) expect_indexes(mysql::case_list(query));
}

TEST_F(MariadbPlan, OfAReaderOfManyOrgansWalksTheIds) {
  expect_indexes(mysql::case_list(cases_of_many_organs()));
}

TEST_F(MariadbPlan, OfTheInboxAndOfWhatWasDoneReadsIndexes) {
  for (const TaskQuery& query : listed_tasks()) expect_indexes(mysql::task_list(query));
}

TEST_F(MariadbPlan, OfWhatIsDueReadsTheTimersByTheirTime) {
  for (const std::int64_t due_by :
       {std::int64_t{0}, std::int64_t{10}, std::int64_t{kListedCases}}) {
    const auto lines = plan(mysql::claimable_timers(), {due_by, std::int64_t{1}, std::int64_t{50}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].access, "range");
    EXPECT_EQ(lines[0].key, "timers_by_due");
    EXPECT_EQ(lines[0].extra.find("filesort"), std::string::npos) << lines[0].extra;
  }
}

TEST_F(MariadbPlan, OfWhatChangedLatelyReadsTheIndexOfTime) {
  const Instant now = database_->store().now().value();
  expect_indexes(mysql::change_list(Instant{now.microseconds - 10'000'000}, {}, 500));
  expect_indexes(mysql::change_list(now, task_id(7), 500));
}

TEST_F(MariadbPlan, OfAHistoryReadsTheEventsOfTheCaseAlone) {
  const auto lines = plan(
      "SELECT version, body FROM events WHERE case_id = UNHEX(?) AND version > ? "
      "ORDER BY version LIMIT ?",
      {mysql::uuid_value(case_id(7).value()), std::int64_t{0}, std::int64_t{50}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0].access, AnyOf("range", "ref"));
  EXPECT_EQ(lines[0].key, "PRIMARY");
}

}  // namespace
}  // namespace mingjian::testing
