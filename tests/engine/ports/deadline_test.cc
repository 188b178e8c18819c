#include "engine/ports/deadline.h"

#include <thread>

#include <gtest/gtest.h>

namespace mingjian {
namespace {

Deadline::Time at(int seconds) { return Deadline::Time(std::chrono::seconds(seconds)); }

TEST(Deadline, HoldsAsLongAsItLives) {
  EXPECT_EQ(Deadline::end(), Deadline::Time::max());
  {
    const Deadline deadline(at(7));
    EXPECT_EQ(Deadline::end(), at(7));
  }
  EXPECT_EQ(Deadline::end(), Deadline::Time::max());
}

TEST(Deadline, InsideAnotherEndsNoLater) {
  const Deadline outer(at(7));
  {
    const Deadline later(at(9));
    EXPECT_EQ(Deadline::end(), at(7));
  }
  {
    const Deadline earlier(at(5));
    EXPECT_EQ(Deadline::end(), at(5));
  }
  EXPECT_EQ(Deadline::end(), at(7));
}

TEST(Deadline, IsOfItsThreadAlone) {
  const Deadline deadline(at(7));
  std::thread([] { EXPECT_EQ(Deadline::end(), Deadline::Time::max()); }).join();
}

}  // namespace
}  // namespace mingjian
