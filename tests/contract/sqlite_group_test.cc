#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include "tests/contract/fault_vfs.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

// Writes that wait together. Another connection holds the write lock, as another process would,
// while a first write waits for it; what comes meanwhile is the next group, whole and in order.
class SqliteGroup : public ::testing::Test {
 protected:
  void hold(SqliteOptions options = {}) {
    options.vfs = vfs_.name();
    options.patience_ms = 600'000;
    database_ = open(path_, options);
    other_ = std::make_unique<SQLite::Database>(path_, SQLite::OPEN_READWRITE);
    other_->exec("BEGIN IMMEDIATE");
    waiters_.emplace_back([this] { first_ = store().next_number("first"); });
    while (database_->counts().running != 1) std::this_thread::yield();
  }

  void enqueue(const std::vector<Commit>& commits) {
    outcomes_.resize(commits.size());
    for (std::size_t i = 0; i < commits.size(); ++i) {
      waiters_.emplace_back(
          [this, i, commit = commits[i]] { outcomes_[i] = store().commit(commit); });
      while (database_->counts().waiting != i + 1) std::this_thread::yield();
    }
  }

  void release() {
    other_->exec("ROLLBACK");
    for (std::thread& waiter : waiters_) waiter.join();
    waiters_.clear();
  }

  Store& store() { return database_->store(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("mingjian.db");
  FaultVfs vfs_;
  std::unique_ptr<SqliteDatabase> database_;
  Result<std::int64_t> first_;
  std::vector<Result<CommitOutcome>> outcomes_;

 private:
  std::unique_ptr<SQLite::Database> other_;
  std::vector<std::thread> waiters_;
};

std::vector<Commit> filings(std::uint64_t count) {
  std::vector<Commit> commits;
  for (std::uint64_t number = 1; number <= count; ++number) {
    commits.push_back(filing_with_task(number));
  }
  return commits;
}

TEST_F(SqliteGroup, SharesOneTransactionAmongAllThatWait) {
  hold();
  enqueue(filings(32));
  release();
  EXPECT_EQ(first_, 1);
  for (const auto& outcome : outcomes_) EXPECT_TRUE(is_committed(outcome));
  EXPECT_EQ(database_->counts().writes, 33U);
  EXPECT_EQ(database_->counts().transactions, 2U);
  EXPECT_EQ(store().case_ids("", 100).value().size(), 32U);
}

TEST_F(SqliteGroup, DoesNotSinkForTheOneThatFails) {
  hold();
  std::vector<Commit> commits = filings(5);
  commits[1].head.number = commits[0].head.number;  // fails after the head of case 1 was written
  commits[2].expected = 7;
  commits[2].events[0].version = commits[2].head.version = 8;  // stale
  commits[3] = commits[0];                                     // a repeat of one in this group
  enqueue(commits);
  release();
  EXPECT_TRUE(is_committed(outcomes_[0]));
  ASSERT_FALSE(outcomes_[1]);
  EXPECT_EQ(outcomes_[1].error().kind, ErrorKind::kConflict);
  EXPECT_TRUE(std::holds_alternative<Stale>(outcomes_[2].value()));
  EXPECT_EQ(std::get<Repeated>(outcomes_[3].value()).first, commits[0].idempotency);
  EXPECT_TRUE(is_committed(outcomes_[4]));
  EXPECT_EQ(store().case_ids("", 100).value(), (std::vector{case_id(1), case_id(5)}));
  EXPECT_TRUE(is_whole_case(store(), case_id(1)));
  EXPECT_TRUE(is_whole_case(store(), case_id(5)));
  EXPECT_EQ(database_->counts().transactions, 2U);
}

TEST_F(SqliteGroup, LetsOneOfManyInAGroupHaveAVersion) {
  hold();
  std::vector<Commit> commits(10, filing(1));
  for (std::size_t i = 0; i < commits.size(); ++i) {
    commits[i].idempotency.key = std::to_string(i);
  }
  enqueue(commits);
  release();
  EXPECT_TRUE(is_committed(outcomes_[0]));
  for (std::size_t i = 1; i < commits.size(); ++i) {
    EXPECT_EQ(std::get<Stale>(outcomes_[i].value()).current, 1U);
  }
}

TEST_F(SqliteGroup, AcknowledgesNothingWhereTheDiskIsFullAndWorksAgainAfterwards) {
  hold();
  enqueue(filings(8));
  vfs_.fail(FaultVfs::Operations::kWrites, 1, SQLITE_FULL, 1'000'000);
  release();
  ASSERT_FALSE(first_);
  EXPECT_EQ(first_.error().kind, ErrorKind::kStorageFull);
  for (const auto& outcome : outcomes_) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::kStorageFull);
  }
  EXPECT_EQ(database_->counts().writes, 0U);
  EXPECT_TRUE(store().case_ids("", 100).value().empty());
  vfs_.heal();
  EXPECT_EQ(store().next_number("first"), 1);
  for (const Commit& commit : filings(8)) EXPECT_TRUE(is_committed(store().commit(commit)));
}

TEST_F(SqliteGroup, RefusesAtOnceWhatDoesNotFitIntoTheQueue) {
  hold({.most_waiting = 4});
  enqueue(filings(4));
  const auto refused = store().commit(filing(5));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnavailable);
  release();
  for (const auto& outcome : outcomes_) EXPECT_TRUE(is_committed(outcome));
  EXPECT_FALSE(store().head(case_id(5)).value());
  EXPECT_TRUE(is_committed(store().commit(filing(5))));
}

TEST_F(SqliteGroup, ReadsWhileAnotherHoldsTheWriteLock) {
  hold();
  EXPECT_FALSE(store().head(case_id(1)).value());
  EXPECT_TRUE(store().check());
  release();
}

TEST(SqlitePatience, EndsWhereAnotherKeepsTheWriteLock) {
  const TemporaryFolder folder;
  const auto database = open(folder.file("mingjian.db"), {.patience_ms = 5});
  SQLite::Database other(folder.file("mingjian.db"), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  const auto outcome = database->store().commit(filing(1));
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::kUnavailable);
  other.exec("ROLLBACK");
  EXPECT_TRUE(is_committed(database->store().commit(filing(1))));
}

}  // namespace
}  // namespace mingjian::testing
