#include <array>
#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "adapters/sqlite/tables.h"
#include "adapters/sqlite/timers.h"
#include "tests/contract/sqlite_sample.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

class SqliteFile : public ::testing::Test {
 protected:
  SQLite::Database raw() { return {path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}; }
  int schema_version() { return raw().execAndGet("PRAGMA user_version").getInt(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_.file("mingjian.db");
};

TEST_F(SqliteFile, IsFoundAgainWithAllInIt) {
  Commit filed = filing_with_task(1);
  {
    const auto database = open(path_);
    ASSERT_TRUE(is_committed(database->store().commit(filed)));
    ASSERT_EQ(database->store().next_number("series").value(), 1);
    ASSERT_TRUE(database->directory().put_office({{}, {person("zhao")}}));
    ASSERT_TRUE(database->directory().set_password_hash(PersonId("zhao"), "hash"));
    ASSERT_TRUE(database->directory().open_session(
        {"digest", PersonId("zhao"), Instant{5}, password_stamp("hash")}));
  }
  const auto database = open(path_);
  EXPECT_EQ(database->store().head(case_id(1)).value(), filed.head);
  EXPECT_TRUE(is_whole_case(database->store(), case_id(1)));
  EXPECT_EQ(database->store().next_number("series").value(), 2);
  EXPECT_EQ(database->directory().person(PersonId("zhao")).value(), person("zhao"));
  EXPECT_EQ(database->directory().password_hash(PersonId("zhao")).value(), "hash");
  EXPECT_TRUE(database->directory().session("digest").value());
}

TEST_F(SqliteFile, MayBeOpenTwiceInOneProcess) {
  const auto one = open(path_);
  const auto other = open(path_);
  ASSERT_TRUE(is_committed(one->store().commit(filing(1))));
  EXPECT_TRUE(other->store().head(case_id(1)).value());
  ASSERT_TRUE(is_committed(other->store().commit(following(filing(1)))));
  EXPECT_EQ(one->store().head(case_id(1)).value()->version, 2U);
}

TEST_F(SqliteFile, IsForItsOwnerAlone) {
  using std::filesystem::perms;
  const auto database = open(path_);
  ASSERT_TRUE(is_committed(database->store().commit(filing(1))));
  for (const std::string& file : {path_, path_ + "-wal", path_ + "-shm"}) {
    EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write)
        << file;
  }
}

TEST_F(SqliteFile, IsKeptInWalModeAndWhole) {
  ASSERT_TRUE(is_committed(open(path_)->store().commit(filing_with_task(1))));
  EXPECT_EQ(raw().execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ(raw().execAndGet("PRAGMA integrity_check").getString(), "ok");
  EXPECT_EQ(raw().execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt(), 0);
}

TEST_F(SqliteFile, CannotBeAFolder) {
  const auto opened = SqliteDatabase::open(folder_.file(""));
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kUnavailable);
  EXPECT_THAT(opened.error().message.en, HasSubstr(folder_.file("")));
}

TEST_F(SqliteFile, IsRefusedWhereItIsNoDatabase) {
  std::FILE* const file = std::fopen(path_.c_str(), "w");
  ASSERT_NE(file, nullptr);
  std::fputs(std::string(5000, 'x').c_str(), file);
  std::fclose(file);
  const auto opened = SqliteDatabase::open(path_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kCorrupt);
}

TEST_F(SqliteFile, IsRefusedWhereItsSchemaIsNewer) {
  open(path_).reset();
  raw().exec("PRAGMA user_version = 999");
  const auto opened = SqliteDatabase::open(path_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kInvalidInput);
  EXPECT_THAT(opened.error().message.en, HasSubstr("schema of the database is version 999"));
  EXPECT_THAT(opened.error().message.zh, HasSubstr("第 999 版"));
  EXPECT_EQ(schema_version(), 999);
}

TEST_F(SqliteFile, GetsEveryMigrationFromEmpty) {
  EXPECT_EQ(schema_version(), 0);
  open(path_).reset();
  EXPECT_EQ(schema_version(), static_cast<int>(sqlite::migrations().size()));
}

TEST_F(SqliteFile, IsBroughtOnFromEachEarlierVersion) {
  const auto known = sqlite::migrations();
  for (std::size_t version = 0; version <= known.size(); ++version) {
    const std::string path = folder_.file(std::to_string(version));
    {
      sqlite::Connection connection(path, sqlite::Access::kCreate);
      ASSERT_TRUE(sqlite::migrate(connection, known.first(version)));
    }
    EXPECT_TRUE(is_committed(open(path)->store().commit(filing_with_task(1))));
  }
}

// The cases of a store from before there were rows of timers get theirs from their heads.
TEST_F(SqliteFile, GetsTheTimersOfTheCasesThatItHas) {
  const auto known = sqlite::migrations();
  sqlite::Connection connection(path_, sqlite::Access::kCreate);
  ASSERT_TRUE(sqlite::migrate(connection, known.first(2)));
  for (const Commit& commit : cases_with_timers()) {
    ASSERT_TRUE(sqlite::write_head(connection, commit.head, 0));
  }
  const auto database = open(path_);
  for (const Commit& commit : cases_with_timers()) {
    const auto due_at = database->store().timer(commit.head.id).value();
    EXPECT_EQ(due_at, commit.timer.value().due_at) << commit.head.state;
  }
}

// A look at what is due reads no more of the timers than it gives.
TEST_F(SqliteFile, FindsTimersByTheirTime) {
  open(path_).reset();
  SQLite::Database database = raw();
  SQLite::Statement plan(database, std::string("EXPLAIN QUERY PLAN ") + sqlite::claimable_timers());
  ASSERT_TRUE(plan.executeStep());
  EXPECT_THAT(plan.getColumn("detail").getString(),
              HasSubstr("SEARCH timers USING INDEX timers_by_due (due_at<?)"));
  EXPECT_FALSE(plan.executeStep()) << "nothing is sorted";
}

TEST_F(SqliteFile, IsUnchangedByAMigrationThatFails) {
  sqlite::Connection connection(path_, sqlite::Access::kCreate);
  const std::array<const char*, 1> first = {"CREATE TABLE a (x TEXT)"};
  ASSERT_TRUE(sqlite::migrate(connection, first));
  const std::array<const char*, 3> broken = {
      first[0], "CREATE TABLE b (x TEXT)",
      "CREATE TABLE c (x TEXT); INSERT INTO a VALUES ('1'); SELECT nonsense"};
  EXPECT_THROW((void)sqlite::migrate(connection, broken), SQLite::Exception);
  EXPECT_EQ(schema_version(), 1);
  EXPECT_FALSE(raw().tableExists("b"));
  EXPECT_FALSE(raw().tableExists("c"));
  EXPECT_EQ(raw().execAndGet("SELECT count(*) FROM a").getInt(), 0);
}

}  // namespace
}  // namespace mingjian::testing
