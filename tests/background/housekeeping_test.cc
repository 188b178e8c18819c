#include "api/background/housekeeping.h"

#include <gtest/gtest.h>

#include "adapters/memory/memory_directory.h"
#include "adapters/memory/memory_store.h"

namespace mingjian::background {
namespace {

constexpr std::int64_t kHour = 3600LL * 1'000'000;

class Housekeeping : public ::testing::Test {
 protected:
  Housekeeping() : now_(store_.now().value()) {}

  // Runs a chore until there is nothing left to do; how many parts that took.
  int run(const std::string& name) {
    for (const Chore& chore : housekeeping(store_, directory_, {std::chrono::hours(48)})) {
      if (chore.name != name) continue;
      for (int parts = 1;; ++parts) {
        if (!chore.run({}).value()) return parts;
      }
    }
    return 0;
  }

  Instant hours_from_now(int hours) const { return {now_.microseconds + hours * kHour}; }

  MemoryStore store_;
  MemoryDirectory directory_;
  Instant now_;
};

TEST_F(Housekeeping, DropsTheSessionsThatEndedAPartAtATime) {
  const PersonId zhao("zhao");
  ASSERT_TRUE(directory_.put_office({{}, {{zhao, {"赵", "Zhao"}, {}, true}}}));
  for (int i = 0; i < 450; ++i) {
    ASSERT_TRUE(directory_.open_session({"ended-" + std::to_string(i), zhao, hours_from_now(-1)}));
  }
  ASSERT_TRUE(directory_.open_session({"open", zhao, hours_from_now(1)}));
  EXPECT_EQ(run("sessions"), 3);
  EXPECT_FALSE(directory_.session("ended-449").value());
  EXPECT_TRUE(directory_.session("open").value());
}

TEST_F(Housekeeping, DropsAnswersThatAreOlderThanTheyAreKept) {
  const auto answered = [&](std::uint64_t number, int hours) {
    Commit commit;
    commit.head.id = CaseId(std::to_string(number));
    commit.head.version = 1;
    commit.events = {{commit.head.id, 1, "case_filed", {}, {}, {}, "{}"}};
    commit.idempotency = {PersonId("zhao"), std::to_string(number), "f", "a",
                          hours_from_now(hours)};
    ASSERT_TRUE(store_.commit(commit));
  };
  answered(1, -49);
  answered(2, -47);
  EXPECT_EQ(run("answers"), 1);
  EXPECT_FALSE(store_.find_answer(PersonId("zhao"), "1").value());
  EXPECT_TRUE(store_.find_answer(PersonId("zhao"), "2").value());
}

}  // namespace
}  // namespace mingjian::background
