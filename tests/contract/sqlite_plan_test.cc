// What the lists read, as SQLite plans it: an index in the order of the list, and never a whole
// table, nor a sort.
#include <gmock/gmock.h>

#include "adapters/sqlite/queries.h"
#include "adapters/sqlite/timers.h"
#include "tests/contract/listed_sample.h"
#include "tests/contract/sample.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SqlitePlan : public ::testing::Test {
 protected:
  void SetUp() override { put_listed_sample(*database_); }

  // A line of EXPLAIN QUERY PLAN each, e.g. "SEARCH c USING INDEX cases_by_organ (organ=?)".
  std::vector<std::string> plan(const std::string& text) {
    sqlite::Connection connection(path_, sqlite::Access::kRead);
    sqlite::Prepared rows = connection.prepare_text("EXPLAIN QUERY PLAN " + text);
    std::vector<std::string> lines;
    while (rows->executeStep()) lines.push_back(rows->getColumn(3).getString());
    return lines;
  }

  void expect_indexes(const sql::UnionQuery& query) {
    const auto lines = plan(query.text());
    EXPECT_THAT(lines, Contains("SCAN page"));
    EXPECT_THAT(lines, Each(AnyOf("SCAN page", Not(StartsWith("SCAN")))));
    expect_only_the_page_is_sorted(lines);
  }

  // It is in memory; its rows are looked up in between, which the planner takes for another order.
  static void expect_only_the_page_is_sorted(std::vector<std::string> lines) {
    ASSERT_THAT(lines, Not(IsEmpty()));
    EXPECT_EQ(lines.back(), "USE TEMP B-TREE FOR ORDER BY");
    lines.pop_back();
    EXPECT_THAT(lines, Each(Not(HasSubstr("TEMP B-TREE"))));
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_.file("mingjian.db");
  const std::unique_ptr<SqliteDatabase> database_ = open(path_);
};

TEST_F(SqlitePlan, OfListsOfCasesReadsIndexes) {
  for (const CaseQuery& query : listed_cases()) expect_indexes(sqlite::case_list(query));
}

TEST_F(SqlitePlan, OfTheInboxAndOfWhatWasDoneReadsIndexes) {
  for (const TaskQuery& query : listed_tasks()) expect_indexes(sqlite::task_list(query));
}

// It walks the ids from the newest on and ends with the page.
TEST_F(SqlitePlan, OfAReaderOfManyOrgansWalksTheIds) {
  const auto lines = plan(sqlite::case_list(cases_of_many_organs()).text());
  EXPECT_THAT(lines, Contains("SCAN c USING INDEX sqlite_autoindex_cases_1"));
  expect_only_the_page_is_sorted(lines);
}

TEST_F(SqlitePlan, OfWhatIsDueReadsTheTimersByTheirTime) {
  EXPECT_THAT(plan(sqlite::claimable_timers()),
              ElementsAre(HasSubstr("SEARCH timers USING INDEX timers_by_due")));
}

TEST_F(SqlitePlan, OfAHistoryReadsTheEventsOfTheCaseAlone) {
  EXPECT_THAT(
      plan("SELECT version, body FROM events WHERE case_id = ? AND version > ? "
           "ORDER BY version LIMIT ?"),
      ElementsAre("SEARCH events USING INDEX sqlite_autoindex_events_1 (case_id=? AND version>?)"));
}

}  // namespace
}  // namespace mingjian::testing
