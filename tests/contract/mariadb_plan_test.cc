// What the lists read, as the server plans it: a page of an index in the order of the list, and
// never a whole table.
#include <gmock/gmock.h>

#include "adapters/mysql/database.h"
#include "adapters/mysql/queries.h"
#include "adapters/mysql/timers.h"
#include "tests/contract/sample.h"
#include "tests/support/mariadb_server.h"

namespace mingjian::testing {
namespace {

using ::testing::AnyOf;
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
  static constexpr std::uint64_t kCases = 3'000;

  void SetUp() override {
    auto opened = MysqlDatabase::open(options_);
    ASSERT_TRUE(opened) << opened.error().message.en;
    database_ = std::move(*opened);
    std::vector<CaseFile> files;
    std::vector<TaskRow> tasks;
    for (std::uint64_t number = 1; number <= kCases; ++number) {
      Commit filed = filing(number);
      filed.head.organ = OrganisationId("organ-" + std::to_string(number % 7));
      filed.head.filed_by = PersonId("person-" + std::to_string(number % 50));
      files.push_back({filed.head,
                       filed.events,
                       {{PersonId("zhao"), "lead"}},
                       Instant{static_cast<std::int64_t>(number)}});
      TaskRow task = number % 3 == 0 ? rework(number, number, "zhao") : approval(number, number);
      task.organ = filed.head.organ;
      tasks.push_back(number % 2 == 0 ? closed_by(task, "zhao") : task);
    }
    ASSERT_TRUE(database_->transfer().put_case_files(files));
    ASSERT_TRUE(database_->transfer().put_tasks(tasks));
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
      EXPECT_EQ(line.extra.find("filesort"), std::string::npos) << line.table << ": " << line.extra;
    }
  }

  static CaseQuery all_filters() {
    CaseQuery query;
    query.scope.person = PersonId("zhao");
    query.scope.organs = {OrganisationId("organ-1"), OrganisationId("organ-2")};
    return query;
  }

  MariadbDatabase place_{shared_mariadb()};
  MysqlOptions options_ = parse_mysql_address(place_.address()).value();
  std::unique_ptr<MysqlDatabase> database_;
};

TEST_F(MariadbPlan, OfListsOfCasesReadsIndexes) {
  CaseQuery query = all_filters();
  expect_indexes(mysql::case_list(query));
  query.before = case_id(1500).value();
  expect_indexes(mysql::case_list(query));
  query.definition = "accountability";
  query.closed = false;
  query.stage = "filed";
  query.text = "问责";
  expect_indexes(mysql::case_list(query));
}

TEST_F(MariadbPlan, OfAReaderOfManyOrgansWalksTheIds) {
  CaseQuery query = all_filters();
  for (int i = 0; i < 100; ++i) query.scope.organs.emplace_back("organ-" + std::to_string(i));
  expect_indexes(mysql::case_list(query));
}

TEST_F(MariadbPlan, OfTheInboxAndOfWhatWasDoneReadsIndexes) {
  TaskQuery query;
  query.person = PersonId("zhao");
  query.posts = {{Role("reviewer"), {OrganisationId("organ-1"), OrganisationId("organ-3")}}};
  expect_indexes(mysql::task_list(query));
  query.before = task_id(1500).value();
  expect_indexes(mysql::task_list(query));
  query.done = true;
  expect_indexes(mysql::task_list(query));
}

TEST_F(MariadbPlan, OfWhatIsDueReadsTheTimersByTheirTime) {
  for (const std::int64_t due_by : {std::int64_t{0}, std::int64_t{10}, std::int64_t{kCases}}) {
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
