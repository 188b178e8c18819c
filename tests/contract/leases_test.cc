#include <algorithm>
#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/databases_under_test.h"

namespace mingjian::testing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::Optional;
using Clock = std::chrono::steady_clock;

class LeasesContract : public AdapterContract {
 protected:
  std::optional<Lease> take(const std::string& holder, milliseconds duration = hours(1)) {
    auto taken = leases().take("work", holder, duration);
    EXPECT_TRUE(taken) << taken.error().message.en;
    return taken.value_or(std::nullopt);
  }
  void release(const std::string& holder) { ASSERT_TRUE(leases().release("work", holder)); }
};
INSTANTIATE_TEST_SUITE_P(Adapters, LeasesContract, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(LeasesContract, AreTakenByTheFirstAndByNobodyElse) {
  EXPECT_THAT(take("one"), Optional(Lease{"work", "one", 1}));
  EXPECT_EQ(take("other"), std::nullopt);
  EXPECT_EQ(take("other"), std::nullopt);
}

TEST_P(LeasesContract, AreRenewedByTheirHolderUnderTheSameFence) {
  EXPECT_THAT(take("one", milliseconds(1)), Optional(Lease{"work", "one", 1}));
  std::this_thread::sleep_for(milliseconds(5));
  EXPECT_THAT(take("one"), Optional(Lease{"work", "one", 1}));
  EXPECT_EQ(take("other"), std::nullopt);
}

TEST_P(LeasesContract, ThatLapsedAreTakenOverUnderAGreaterFence) {
  ASSERT_TRUE(take("one", milliseconds(20)));
  std::optional<Lease> taken;
  while (!(taken = take("other"))) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_THAT(taken, Optional(Lease{"work", "other", 2}));
  EXPECT_EQ(take("one"), std::nullopt);
}

TEST_P(LeasesContract, AreFreeAtOnceWhereTheirHolderLetsThemGo) {
  ASSERT_TRUE(take("one"));
  release("one");
  EXPECT_THAT(take("other"), Optional(Lease{"work", "other", 2}));
  release("other");
  EXPECT_THAT(take("other"), Optional(Lease{"work", "other", 2}));
}

TEST_P(LeasesContract, AreNotLetGoByAnybodyElse) {
  ASSERT_TRUE(take("one"));
  release("other");
  EXPECT_EQ(take("other"), std::nullopt);
  ASSERT_TRUE(leases().release("nothing", "other"));
}

TEST_P(LeasesContract, OfDifferentNamesDoNotKnowEachOther) {
  ASSERT_TRUE(take("one"));
  const auto another = leases().take("another work", "other", hours(1));
  EXPECT_THAT(another.value(), Optional(Lease{"another work", "other", 1}));
}

// What one holder may take for granted: from the answer until its duration, counted from before he
// asked, is over, or until he lets go.
struct Reign {
  std::uint64_t fence;
  std::string holder;
  Clock::time_point from;
  Clock::time_point until;
};

// Takes the lease again and again, and keeps it for some while, or lets it lapse.
std::vector<Reign> compete(Leases& leases, const std::string& holder) {
  constexpr int kTries = 150;
  constexpr milliseconds kDuration(15);
  std::vector<Reign> reigns;
  for (int count = 0; count < kTries; ++count) {
    const auto asked = Clock::now();
    const auto taken = leases.take("work", holder, kDuration);
    const auto answered = Clock::now();
    EXPECT_TRUE(taken) << taken.error().message.en;
    if (!taken || !*taken) {
      std::this_thread::sleep_for(milliseconds(1));
      continue;
    }
    reigns.push_back({(*taken)->fence, holder, answered, asked + kDuration});
    if (count % 3 == 0) continue;
    std::this_thread::sleep_for(milliseconds(count % 7));
    reigns.back().until = std::min(reigns.back().until, Clock::now());
    EXPECT_TRUE(leases.release("work", holder));
    if (count % 2 == 0) std::this_thread::sleep_for(milliseconds(20));
  }
  return reigns;
}

void expect_one_holder_at_a_time(const std::vector<Leases*>& competitors) {
  std::mutex mutex;
  std::vector<Reign> reigns;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < competitors.size(); ++i) {
    threads.emplace_back([&, i] {
      const auto own = compete(*competitors[i], "holder-" + std::to_string(i));
      const std::lock_guard lock(mutex);
      reigns.insert(reigns.end(), own.begin(), own.end());
    });
  }
  for (std::thread& thread : threads) thread.join();
  // One that was over before it was known of is none.
  std::erase_if(reigns, [](const Reign& reign) { return reign.until <= reign.from; });
  std::sort(reigns.begin(), reigns.end(),
            [](const Reign& one, const Reign& other) { return one.from < other.from; });
  int changes = 0;
  for (std::size_t i = 1; i < reigns.size(); ++i) {
    const Reign& before = reigns[i - 1];
    const Reign& after = reigns[i];
    if (before.holder == after.holder) {
      EXPECT_LE(before.fence, after.fence);
      continue;
    }
    ++changes;
    EXPECT_LE(before.until, after.from) << before.holder << " and " << after.holder;
    EXPECT_LT(before.fence, after.fence);
  }
  EXPECT_GT(changes, 3);
}

TEST_P(LeasesContract, NeverHaveTwoHoldersAtOnce) {
  expect_one_holder_at_a_time(std::vector(6, &leases()));
}

class LeasesOfProcesses : public ::testing::TestWithParam<DatabaseMaker> {};
INSTANTIATE_TEST_SUITE_P(Databases, LeasesOfProcesses, ::testing::ValuesIn(databases_under_test()),
                         [](const auto& each) { return each.param.name; });

TEST_P(LeasesOfProcesses, NeverHaveTwoHoldersAtOnce) {
  const auto place = GetParam().make();
  std::vector<std::unique_ptr<Database>> processes;
  std::vector<Leases*> competitors;
  for (int i = 0; i < 6; ++i) {
    processes.push_back(place->open_again());
    competitors.push_back(&processes.back()->leases());
  }
  expect_one_holder_at_a_time(competitors);
}

}  // namespace
}  // namespace mingjian::testing
