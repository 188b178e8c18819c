// Backups are taken while the office works, and are worth something only if they come back.
#include <atomic>
#include <filesystem>
#include <thread>

#include <gmock/gmock.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

const std::string kOptions = " --workflows " + kWorkflows + " --store ";

class Backup : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run("office " + kDemonstration + "/office.json" + kOptions + store_).code, 0);
    ASSERT_EQ(
        run("import " + kDemonstration + "/cases.jsonl --as he-qing" + kOptions + store_).code, 0);
  }

  TemporaryFolder folder_;
  const std::string store_ = folder_.file("mingjian.db");
  const std::string backup_ = folder_.file("backup.db");
};

TEST_F(Backup, IsWholeAlsoWhereItIsTakenWhileCasesAreFiled) {
  const ServeProcess server("--workflows " + kWorkflows + " --store " + store_);
  Visitor inspector(server.port(), "lin-wei", "demo-mingjian-2026");
  std::atomic<bool> done = false;
  std::thread filing([&] {
    while (!done) file_case(inspector);
  });
  const Ran taken = run("backup " + backup_ + kOptions + store_);
  done = true;
  filing.join();
  EXPECT_EQ(taken.code, 0) << taken.out;
  EXPECT_THAT(taken.out, HasSubstr("damaged: 0"));
  EXPECT_EQ(std::filesystem::status(backup_).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(Backup, ComesBackAsItWas) {
  ASSERT_EQ(run("backup " + backup_ + kOptions + store_).code, 0);
  const std::string restored = folder_.file("restored.db");
  const Ran ran = run("restore " + backup_ + kOptions + restored);
  EXPECT_EQ(ran.code, 0) << ran.out;
  const Ran compared = run("migrate-store --from " + store_ + " --to " + restored);
  EXPECT_EQ(compared.code, 0) << compared.out;
  EXPECT_THAT(compared.out, HasSubstr("written now：案件 cases 0"));
}

TEST_F(Backup, WritesOverNothing) {
  ASSERT_EQ(run("backup " + backup_ + kOptions + store_).code, 0);
  EXPECT_EQ(run("backup " + backup_ + kOptions + store_).code, 2);
  const Ran refused = run("restore " + backup_ + kOptions + store_);
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.out, HasSubstr("there is a file " + store_ + " already"));
  const std::string moved = folder_.file("moved.db");
  std::ofstream(moved + "-wal") << "of another database";
  EXPECT_EQ(run("restore " + backup_ + kOptions + moved).code, 2);
  EXPECT_FALSE(std::filesystem::exists(moved));
}

TEST_F(Backup, OfNothingIsRefused) {
  EXPECT_EQ(run("backup " + backup_ + kOptions + folder_.file("none.db")).code, 2);
  EXPECT_EQ(run("migrate-store --from " + folder_.file("none.db") + " --to " + backup_).code, 2);
  EXPECT_FALSE(std::filesystem::exists(backup_));
}

TEST_F(Backup, ThatIsDamagedIsNotTakenForGood) {
  ASSERT_EQ(run("backup " + backup_ + kOptions + store_).code, 0);
  const auto size = std::filesystem::file_size(backup_);
  std::fstream file(backup_, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uintmax_t at = 4096; at < size; at += 4096) {
    file.seekp(static_cast<std::streamoff>(at));
    file << "damaged damaged damaged damaged";
  }
  file.close();
  const std::string restored = folder_.file("restored.db");
  EXPECT_NE(run("restore " + backup_ + kOptions + restored).code, 0);
  EXPECT_FALSE(std::filesystem::exists(restored));
}

// The procedure of the README.
TEST(BackupOfMariadb, IsTakenAndComesBackWithItsOwnTools) {
  const MariadbDatabase first(shared_mariadb());
  const MariadbDatabase second(shared_mariadb());
  const std::string server = " --host=127.0.0.1 --port=" + std::to_string(shared_mariadb()) +
                             " --user=mingjian --password='only for tests' ";
  const auto shell = [](const std::string& line) { return std::system(line.c_str()); };
  const TemporaryFolder folder;
  const std::string dump = folder.file("backup.sql");
  const std::string store = "'" + first.address() + "'";
  ASSERT_EQ(run("office " + kDemonstration + "/office.json" + kOptions + store).code, 0);
  ASSERT_EQ(run("import " + kDemonstration + "/cases.jsonl --as he-qing" + kOptions + store).code,
            0);
  ASSERT_EQ(
      shell("mariadb-dump --single-transaction --hex-blob" + server + first.name() + " > " + dump),
      0);
  ASSERT_EQ(shell("mariadb" + server + second.name() + " < " + dump), 0);
  const Ran verified = run("verify" + kOptions + "'" + second.address() + "'");
  EXPECT_EQ(verified.code, 0) << verified.out;
  EXPECT_THAT(verified.out, HasSubstr("verified: 22"));
  const Ran compared = run("migrate-store --from " + store + " --to '" + second.address() + "'");
  EXPECT_EQ(compared.code, 0) << compared.out;
  EXPECT_THAT(compared.out, HasSubstr("written now：案件 cases 0"));
}

}  // namespace
}  // namespace mingjian::testing
