#include "engine/access/sign_in_delay.h"

#include <limits>

#include <gtest/gtest.h>

namespace mingjian {
namespace {

std::int64_t delay(std::int64_t failures) { return sign_in_delay(failures).count(); }

TEST(SignInDelay, GrowsAfterTenFailuresUpToFiveMinutes) {
  EXPECT_EQ(delay(0), 0);
  EXPECT_EQ(delay(9), 0);
  EXPECT_EQ(delay(10), 1);
  EXPECT_EQ(delay(11), 2);
  EXPECT_EQ(delay(18), 256);
  EXPECT_EQ(delay(19), 300);
  EXPECT_EQ(delay(std::numeric_limits<std::int64_t>::max()), 300);
}

}  // namespace
}  // namespace mingjian
