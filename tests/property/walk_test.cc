// Random walks over every procedure of the product. MINGJIAN_WALK_SEED repeats one;
// MINGJIAN_WALK_STEPS makes them longer.
#include "tests/property/walk.h"

#include <cstdlib>
#include <iostream>

#include "tests/property/seed.h"
#include "tests/support/shipped.h"
#include "tests/support/timed_definition.h"

namespace mingjian::testing {
namespace {

std::size_t steps_of_this_run() {
  const char* const given = std::getenv("MINGJIAN_WALK_STEPS");
  return given != nullptr ? std::stoul(given) : 3000;
}

class Walks : public ::testing::TestWithParam<std::string> {};

TEST_P(Walks, KeepEveryPromise) {
  const auto& all = shipped_definitions();
  const auto definition = std::find_if(
      all.begin(), all.end(), [](const Definition& each) { return each.id() == GetParam(); });
  ASSERT_NE(definition, all.end());
  const std::uint32_t seed = seed_of_this_run();
  SCOPED_TRACE("MINGJIAN_WALK_SEED=" + std::to_string(seed));
  Walk walk(*definition, seed);
  walk.run(steps_of_this_run());
  const WalkFigures& figures = walk.figures();
  std::cout << GetParam() << ": seed " << seed << ", steps " << figures.steps << ", refusals "
            << figures.refusals << ", cases " << figures.filed << ", closed " << figures.closed
            << "\n";
  if (HasFatalFailure()) return;
  // A walk is worth something only where cases come to their end, and some are refused a step.
  EXPECT_GT(figures.closed, 0U);
  EXPECT_GT(figures.refusals, 0U);
}

TEST(WalkWithTimers, KeepsEveryPromiseWhereMuchHappensByItself) {
  const std::uint32_t seed = seed_of_this_run();
  SCOPED_TRACE("MINGJIAN_WALK_SEED=" + std::to_string(seed));
  Walk walk(first_timed_version(), seed);
  walk.run(steps_of_this_run());
  if (HasFatalFailure()) return;
  EXPECT_GT(walk.figures().closed, 0U);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Walks,
                         ::testing::Values("accountability", "clarification", "clue",
                                           "style_problem"),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace mingjian::testing
