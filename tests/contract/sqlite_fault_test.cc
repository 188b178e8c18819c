#include <filesystem>

#include <gtest/gtest.h>

#include "tests/contract/fault_vfs.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

struct Fault {
  std::string name;
  FaultVfs::Operations operations;
  int code;
  int times;
};

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

// The anomaly loop: the n-th operation on the disk fails, for n = 1, 2, 3 ... until a commit goes
// through without meeting the fault.
class SqliteFault : public ::testing::TestWithParam<Fault> {
 protected:
  SqliteFault() { reopen(); }

  void reopen() {
    database_.reset();
    database_ = open_on_fault(path_);
  }

  std::unique_ptr<SqliteDatabase> open_on_fault(const std::string& path) {
    return open(path, {.vfs = vfs_.name()});
  }

  // What would be found if this process were killed now: the file and its log, without what is in
  // memory.
  std::unique_ptr<SqliteDatabase> as_after_a_crash() {
    const std::string copy = folder_.file("crashed-" + std::to_string(++crashes_) + ".db");
    std::filesystem::copy_file(path_, copy);
    std::filesystem::copy_file(path_ + "-wal", copy + "-wal");
    return open_on_fault(copy);
  }

  Store& store() { return database_->store(); }

  // Commits while the n-th operation fails.
  Result<CommitOutcome> commit_with_fault(const Commit& commit, int nth) {
    vfs_.fail(GetParam().operations, nth, GetParam().code, GetParam().times);
    auto outcome = store().commit(commit);
    vfs_.heal();
    return outcome;
  }

  // The error says what is true, and the same command with the same key is done exactly once.
  void check_failure(const Error& error, const Commit& before, const Commit& failed) {
    const bool unknown = error.kind == ErrorKind::kOutcomeUnknown;
    const auto crashed = as_after_a_crash();
    EXPECT_TRUE(is_whole_case(crashed->store(), before.head.id));
    if (!unknown) {
      EXPECT_EQ(crashed->store().head(before.head.id).value(), before.head);
      EXPECT_EQ(error.kind,
                GetParam().code == SQLITE_FULL ? ErrorKind::kStorageFull : ErrorKind::kUnavailable);
      EXPECT_EQ(store().head(before.head.id).value(), before.head);
    }
    const auto again = store().commit(failed);
    ASSERT_TRUE(again) << again.error().message.en;
    EXPECT_TRUE(is_committed(again) || (unknown && std::holds_alternative<Repeated>(*again)));
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("mingjian.db");
  FaultVfs vfs_;
  std::unique_ptr<SqliteDatabase> database_;
  int crashes_ = 0;
};

INSTANTIATE_TEST_SUITE_P(
    Disk, SqliteFault,
    ::testing::Values(Fault{"FullOnce", FaultVfs::Operations::kWrites, SQLITE_FULL, 1},
                      Fault{"FullForLong", FaultVfs::Operations::kWrites, SQLITE_FULL, 1'000'000},
                      Fault{"ErrorOnce", FaultVfs::Operations::kAll, SQLITE_IOERR, 1},
                      Fault{"ErrorForLong", FaultVfs::Operations::kAll, SQLITE_IOERR, 1'000'000}),
    [](const auto& fault) { return fault.param.name; });

TEST_P(SqliteFault, NeverLeavesHalfACommandNorLosesOne) {
  Commit last = filing_with_task(1);
  ASSERT_TRUE(is_committed(store().commit(last)));
  int failed = 0;
  for (int nth = 1; nth < 1000; ++nth) {
    const Commit next = following(last);
    const auto outcome = commit_with_fault(next, nth);
    if (!outcome) {
      ++failed;
      EXPECT_EQ(store().check().value(), Readiness::kReading);
      check_failure(outcome.error(), last, next);
    }
    last = next;
    ASSERT_TRUE(is_whole_case(store(), case_id(1)));
    EXPECT_EQ(store().head(case_id(1)).value(), last.head);
    EXPECT_EQ(store().check().value(), Readiness::kAll);
    if (vfs_.failures() == 0) break;
  }
  EXPECT_EQ(vfs_.failures(), 0);
  EXPECT_GT(failed, 2);
  reopen();
  EXPECT_EQ(store().head(case_id(1)).value(), last.head);
  EXPECT_TRUE(is_whole_case(store(), case_id(1)));
}

TEST_P(SqliteFault, OpensAFileAgainThatCouldNotBeMade) {
  int failed = 0;
  for (int nth = 1; nth < 1000; ++nth) {
    const std::string path = folder_.file("new-" + std::to_string(nth) + ".db");
    vfs_.fail(GetParam().operations, nth, GetParam().code, GetParam().times);
    auto opened = SqliteDatabase::open(path, {.vfs = vfs_.name()});
    vfs_.heal();
    if (!opened) {
      ++failed;
      EXPECT_NE(opened.error().kind, ErrorKind::kCorrupt) << opened.error().message.en;
      opened = SqliteDatabase::open(path, {.vfs = vfs_.name()});
    }
    ASSERT_TRUE(opened) << opened.error().message.en;
    ASSERT_TRUE(is_committed((*opened)->store().commit(filing(1))));
    if (vfs_.failures() == 0) break;
  }
  EXPECT_EQ(vfs_.failures(), 0);
  EXPECT_GT(failed, 2);
}

}  // namespace
}  // namespace mingjian::testing
