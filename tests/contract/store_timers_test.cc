// The moments at which something of a case is due: written with the case, found by time, claimed by
// one at a time.
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

class StoreTimers : public AdapterContract {
 protected:
  // Files case `number`, in which something is due then.
  Commit filed(std::uint64_t number, std::int64_t due_at) {
    Commit commit = filing(number);
    commit.timer = TimerChange{Instant{due_at}};
    committed(commit);
    return commit;
  }

  // The cases whose timers a new claimer gets.
  std::vector<CaseId> claim(std::int64_t due_by, std::chrono::milliseconds lease = 1h,
                            std::size_t limit = 50) {
    const auto rows = store().claim_timers(
        {Instant{due_by}, "claimer-" + std::to_string(++claims_), lease, limit});
    EXPECT_TRUE(rows) << rows.error().message.en;
    std::vector<CaseId> ids;
    for (const TimerRow& row : rows.value_or(std::vector<TimerRow>())) {
      EXPECT_THAT(store().timer(row.case_id).value(), Optional(row.due_at));
      ids.push_back(row.case_id);
    }
    return ids;
  }

 private:
  std::atomic<int> claims_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Adapters, StoreTimers, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(StoreTimers, AreWrittenWithTheCase) {
  EXPECT_FALSE(store().timer(case_id(1)).value());
  filed(1, 70);
  committed(filing(2));
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{70}));
  EXPECT_FALSE(store().timer(case_id(2)).value());
}

TEST_P(StoreTimers, ChangeOnlyWhereACommitSaysSo) {
  Commit last = filed(1, 70);
  last = following(last);
  committed(last);
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{70}));
  last = following(last);
  last.timer = TimerChange{Instant{90}};
  committed(last);
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{90}));
  last = following(last);
  last.timer = TimerChange{};
  committed(last);
  EXPECT_FALSE(store().timer(case_id(1)).value());
  last = following(last);
  last.timer = TimerChange{Instant{80}};
  committed(last);
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{80}));
}

TEST_P(StoreTimers, StayWhereACommitIsTooLateOrARepeat) {
  const Commit first = filed(1, 70);
  committed(following(first));
  Commit late = following(first);
  late.idempotency.key = "another";
  late.timer = TimerChange{};
  EXPECT_THAT(stale(late), Optional(Version{2}));
  Commit again = following(first);
  again.timer = TimerChange{Instant{5}};
  EXPECT_TRUE(repeated(again));
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{70}));
}

TEST_P(StoreTimers, KeepTheFirstAndTheLastMoment) {
  filed(1, kLatest.microseconds);
  filed(2, kEarliest.microseconds);
  EXPECT_THAT(claim(kLatest.microseconds), ElementsAre(case_id(2), case_id(1)));
}

TEST_P(StoreTimers, AreClaimedFirstDueFirst) {
  EXPECT_THAT(claim(100), IsEmpty());
  filed(1, 30);
  filed(2, 10);
  filed(3, 101);
  filed(4, 20);
  filed(5, 100);
  EXPECT_THAT(claim(9), IsEmpty());
  EXPECT_THAT(claim(100, 1h, 0), IsEmpty());
  EXPECT_THAT(claim(100, 1h, 2), ElementsAre(case_id(2), case_id(4)));
  EXPECT_THAT(claim(100), ElementsAre(case_id(1), case_id(5)));
  EXPECT_THAT(claim(100), IsEmpty());
  EXPECT_THAT(claim(101), ElementsAre(case_id(3)));
}

TEST_P(StoreTimers, AreGivenAgainWhenTheLeaseHasEnded) {
  filed(1, 10);
  EXPECT_THAT(claim(10, 1ms), SizeIs(1));
  std::vector<CaseId> again;
  while (again.empty()) again = claim(10, 1ms);
  EXPECT_THAT(again, ElementsAre(case_id(1)));
}

// As it looks when the clock of the store goes an hour back.
TEST_P(StoreTimers, AreGivenAgainWhereALeaseIsLongerThanAnyIs) {
  filed(1, 10);
  EXPECT_THAT(claim(10, 3h), SizeIs(1));
  EXPECT_THAT(claim(10, 1h), SizeIs(1));
  EXPECT_THAT(claim(10, 1h), IsEmpty());
}

// As a claim looks on a node whose clock is behind that of the node where it was made.
TEST_P(StoreTimers, AreNotGivenAgainWhereTheClocksOfNodesDiffer) {
  filed(1, 10);
  EXPECT_THAT(claim(10, 61min), SizeIs(1));
  EXPECT_THAT(claim(10, 60min), IsEmpty());
}

TEST_P(StoreTimers, AreFreeAgainWhenTheyChange) {
  Commit last = filed(1, 10);
  EXPECT_THAT(claim(10), SizeIs(1));
  last = following(last);
  committed(last);
  EXPECT_THAT(claim(10), IsEmpty()) << "it did not change";
  last = following(last);
  last.timer = TimerChange{Instant{9}};
  committed(last);
  EXPECT_THAT(claim(10), SizeIs(1));
}

TEST_P(StoreTimers, AreMendedWhereTheCaseHasThatVersion) {
  const Commit first = filed(1, 10);
  ASSERT_TRUE(store().mend_timer(case_id(1), 1, {Instant{20}}));
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{20}));
  ASSERT_TRUE(store().mend_timer(case_id(1), 1, {}));
  ASSERT_TRUE(store().mend_timer(case_id(1), 1, {}));
  EXPECT_FALSE(store().timer(case_id(1)).value());
  committed(following(first));
  ASSERT_TRUE(store().mend_timer(case_id(1), 1, {Instant{30}}));
  EXPECT_FALSE(store().timer(case_id(1)).value()) << "the case has gone on";
  ASSERT_TRUE(store().mend_timer(case_id(1), 2, {Instant{30}}));
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{30}));
  ASSERT_TRUE(store().mend_timer(case_id(1), 1, {}));
  EXPECT_THAT(store().timer(case_id(1)).value(), Optional(Instant{30}));
  ASSERT_TRUE(store().mend_timer(case_id(9), 1, {Instant{30}}));
  EXPECT_FALSE(store().timer(case_id(9)).value()) << "there is no such case";
}

TEST_P(StoreTimers, AreGivenToOneWhereManyClaimTogether) {
  constexpr std::uint64_t kTimers = 120;
  for (std::uint64_t number = 1; number <= kTimers; ++number)
    filed(number, static_cast<std::int64_t>(number % 10));
  constexpr int kClaimers = 4;
  std::vector<std::vector<CaseId>> got(kClaimers);
  std::vector<std::thread> threads;
  std::atomic<std::size_t> total = 0;
  for (auto& mine : got) {
    threads.emplace_back([&] {
      while (total < kTimers && !HasFailure()) {
        const auto more = claim(100, 1h, 7);
        total += more.size();
        mine.insert(mine.end(), more.begin(), more.end());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<CaseId> all;
  for (const auto& mine : got) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(total, kTimers) << "none twice";
  EXPECT_EQ(all.size(), kTimers);
}

}  // namespace
}  // namespace mingjian::testing
