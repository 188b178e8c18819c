#include "engine/service/people.h"

#include <gtest/gtest.h>

#include "adapters/memory/memory_directory.h"
#include "tests/support/standing_clock.h"

namespace mingjian::testing {
namespace {

class PeopleTest : public ::testing::Test {
 protected:
  void SetUp() override {
    put(/*active=*/true);
    const Instant end{clock_.now().microseconds + 1};
    ASSERT_TRUE(directory_.open_session({"digest", PersonId("zhao"), end}));
  }

  void put(bool active) {
    ASSERT_TRUE(directory_.put_office({{}, {{PersonId("zhao"), {"赵", "Zhao"}, {}, active}}}));
  }

  MemoryDirectory directory_;
  StandingClock clock_;
  People people_{directory_, clock_};
};

TEST_F(PeopleTest, AreWhoseSessionIsOpen) {
  EXPECT_EQ(people_.signed_in("digest").value()->id(), PersonId("zhao"));
  EXPECT_FALSE(people_.signed_in("another").value());
  clock_.advance(1);
  EXPECT_FALSE(people_.signed_in("digest").value());
}

TEST_F(PeopleTest, AreNobodyWhereTheAccountIsNotActive) {
  put(/*active=*/false);
  EXPECT_FALSE(people_.signed_in("digest").value());
  EXPECT_FALSE(people_.find(PersonId("zhao")).value());
  EXPECT_EQ(people_.acting(PersonId("zhao")).error().kind, ErrorKind::kUnauthenticated);
}

TEST_F(PeopleTest, AreNobodyWhereThereIsNoAccount) {
  EXPECT_FALSE(people_.find(PersonId("nobody")).value());
  EXPECT_EQ(people_.acting(PersonId("nobody")).error().kind, ErrorKind::kUnauthenticated);
}

}  // namespace
}  // namespace mingjian::testing
