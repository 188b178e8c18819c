#include "engine/render/main_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mingjian::render {
namespace {

using ::testing::ElementsAre;

TEST(MainLine, IsTheLongestWayForwardToAnEnd) {
  EXPECT_THAT(main_line(0, {{0, 3}, {0, 1}, {1, 3}, {1, 2}}, {3}), ElementsAre(0, 1, 3));
}

TEST(MainLine, IsTheLongestOfAllWhereNoEndIsReached) {
  EXPECT_THAT(main_line(0, {{0, 1}, {1, 2}}, {5}), ElementsAre(0, 1, 2));
}

TEST(MainLine, DoesNotGoBackNorRoundInCircles) {
  EXPECT_THAT(main_line(1, {{1, 2}, {2, 1}, {2, 2}, {2, 0}}, {}), ElementsAre(1, 2));
}

TEST(MainLine, TakesTheEarlierOfTwoWaysOfTheSameLength) {
  EXPECT_THAT(main_line(0, {{0, 2}, {0, 1}, {1, 3}, {2, 3}}, {3}), ElementsAre(0, 1, 3));
}

}  // namespace
}  // namespace mingjian::render
