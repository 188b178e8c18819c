#include "api/background/leader.h"

#include <stdexcept>

#include <gmock/gmock.h>

#include "adapters/memory/memory_leases.h"
#include "tests/support/wait_until.h"

namespace mingjian::background {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using testing::wait_until;

constexpr LeaderOptions kQuick{milliseconds(200), milliseconds(5), milliseconds(1)};

// What happened, to be waited for.
class Diary {
 public:
  void write(const std::string& line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(line);
    changed_.notify_all();
  }
  void wait_for(std::size_t lines) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return lines_.size() >= lines; });
  }
  std::vector<std::string> lines() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
};

// Leases that can be out of reach.
class UnsteadyLeases : public Leases {
 public:
  Result<std::optional<Lease>> take(const std::string& name, const std::string& holder,
                                    milliseconds duration) override {
    if (away) return fail(ErrorKind::kUnavailable, {"不在", "away"});
    return held_.take(name, holder, duration);
  }
  Result<void> release(const std::string& name, const std::string& holder) override {
    return held_.release(name, holder);
  }

  std::atomic<bool> away = false;

 private:
  MemoryLeases held_;
};

class LeaderTest : public ::testing::Test {
 protected:
  Chore writes(const std::string& line, milliseconds every = milliseconds(1)) {
    return {line, every, [this, line](const Lease& lease) -> Result<bool> {
              diary_.write(line + " " + std::to_string(lease.fence));
              return false;
            }};
  }
  std::unique_ptr<Leader> leader(const std::string& holder, std::vector<Chore> chores) {
    return std::make_unique<Leader>(
        leases_, "house", holder, std::move(chores),
        [this](const std::string& what) { reports_.write(what); }, kQuick);
  }

  UnsteadyLeases leases_;
  Diary diary_;
  Diary reports_;
};

TEST_F(LeaderTest, DoesItsChoresAgainAndAgain) {
  const auto one = leader("one", {writes("work")});
  diary_.wait_for(3);
  EXPECT_TRUE(one->leads());
  wait_until([&] { return one->counts().at("work").runs >= 3; });
  EXPECT_EQ(one->counts().at("work").failures, 0U);
}

TEST_F(LeaderTest, IsOneOfAllAndFollowedByAnotherUnderAGreaterFence) {
  auto one = leader("one", {writes("one")});
  diary_.wait_for(1);
  const auto other = leader("other", {writes("other")});
  diary_.wait_for(20);
  EXPECT_FALSE(other->leads());
  one.reset();
  const std::size_t before = diary_.lines().size();
  diary_.wait_for(before + 1);
  EXPECT_TRUE(other->leads());
  const auto lines = diary_.lines();
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(lines[i], i < before ? "one 1" : "other 2") << i;
}

TEST_F(LeaderTest, GoesOnAtOnceWithAChoreOfManyParts) {
  std::atomic<int> parts = 0;
  const auto one = leader("one", {{"parts", hours(1), [&](const Lease&) -> Result<bool> {
                                     diary_.write("part");
                                     return ++parts < 5;
                                   }}});
  diary_.wait_for(5);
  wait_until([&] { return one->counts().at("parts").runs == 5; });
}

TEST_F(LeaderTest, DoesTheOtherChoresWhereOneFailsAndSaysSoOnce) {
  std::atomic<bool> broken = true;
  const auto one =
      leader("one", {{"broken", milliseconds(1),
                      [&](const Lease&) -> Result<bool> {
                        if (broken) return fail(ErrorKind::kUnavailable, {"坏了", "it is broken"});
                        return false;
                      }},
                     {"buggy", milliseconds(1),
                      [](const Lease&) -> Result<bool> { throw std::runtime_error("a bug"); }},
                     writes("work")});
  diary_.wait_for(20);
  EXPECT_THAT(reports_.lines(), ElementsAre("broken: it is broken", "buggy: a bug"));
  EXPECT_GT(one->counts().at("broken").failures, 1U);
  broken = false;
  const auto runs = one->counts().at("broken").runs;
  wait_until([&] { return one->counts().at("broken").runs > runs + 1; });
  broken = true;
  reports_.wait_for(3);
  EXPECT_EQ(reports_.lines()[2], "broken: it is broken");
}

TEST_F(LeaderTest, BeginsNothingAnyMoreOnceItsTimeIsOver) {
  const auto one = leader("one", {writes("work")});
  diary_.wait_for(1);
  leases_.away = true;
  wait_until([&] { return !one->leads(); });
  const std::size_t before = diary_.lines().size();
  // By now the lease is free for others.
  wait_until([&] {
    leases_.away = false;
    const auto taken = leases_.take("house", "other", hours(1));
    leases_.away = true;
    return taken && *taken;
  });
  EXPECT_EQ(diary_.lines().size(), before);
  leases_.away = false;
  const auto runs = one->counts().at("work").runs;
  std::this_thread::sleep_for(10 * kQuick.renewal);
  EXPECT_FALSE(one->leads());
  EXPECT_EQ(one->counts().at("work").runs, runs);
  EXPECT_THAT(reports_.lines(), ElementsAre("lease house: away"));
}

}  // namespace
}  // namespace mingjian::background
