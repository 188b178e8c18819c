#include "tests/cluster/faults.h"

#include <set>

#include <gtest/gtest.h>

namespace mingjian::testing {
namespace {

constexpr std::size_t kKinds = 7;

TEST(Schedule, IsTheSameForTheSameSeedAndAnotherForAnother) {
  EXPECT_EQ(make_schedule(1, 21), make_schedule(1, 21));
  EXPECT_NE(make_schedule(1, 21), make_schedule(2, 21));
}

TEST(Schedule, HasEachKindOnceBeforeAnyComesAgain) {
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    const auto schedule = make_schedule(seed, 3 * kKinds);
    ASSERT_EQ(schedule.size(), 3 * kKinds);
    for (std::size_t first = 0; first < schedule.size(); first += kKinds) {
      std::set<Fault> round;
      for (std::size_t i = 0; i < kKinds; ++i) round.insert(schedule[first + i].fault);
      EXPECT_EQ(round.size(), kKinds) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace mingjian::testing
