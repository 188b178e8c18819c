#include <regex>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "adapters/system/random_ids.h"
#include "adapters/system/system_clock.h"

namespace mingjian {
namespace {

constexpr Instant kNow{1'772'352'000'123'456};

TEST(RandomIds, AreUuidsOfVersionSeven) {
  RandomIds ids;
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(std::regex_match(ids.uuid(kNow), form));
}

TEST(RandomIds, BeginWithTheMillisecondsOfTheInstant) {
  // The example of RFC 9562, appendix A.6: Tuesday, February 22, 2022 2:22:22.000 PM GMT-05:00.
  RandomIds ids;
  EXPECT_EQ(ids.uuid({1'645'557'742'000'000}).substr(0, 18), "017f22e2-79b0-7000");
}

TEST(RandomIds, RiseWithinOneInstantAndOverManyMilliseconds) {
  RandomIds ids;
  std::string last;
  for (int i = 0; i < 10'000; ++i) {
    const std::string next = ids.uuid(kNow);
    ASSERT_LT(last, next);
    last = next;
  }
}

TEST(RandomIds, RiseAlsoWhereTheClockGoesBack) {
  RandomIds ids;
  const std::string first = ids.uuid(kNow);
  EXPECT_LT(first, ids.uuid({kNow.microseconds - 3'600'000'000}));
}

TEST(RandomIds, FollowTheMicrosecondsOfDifferentSources) {
  EXPECT_LT(RandomIds().uuid(kNow), RandomIds().uuid({kNow.microseconds + 1}));
}

TEST(RandomIds, BearInstantsOutsideTheirRange) {
  RandomIds ids;
  EXPECT_EQ(ids.uuid({-1}).substr(0, 15), "00000000-0000-7");
  EXPECT_EQ(ids.uuid({INT64_MAX}).substr(0, 15), "ffffffff-ffff-7");
}

TEST(RandomIds, GiveNoNameTwiceAmongThreads) {
  RandomIds ids;
  std::vector<std::vector<std::string>> given(4);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) mine.push_back(ids.uuid(kNow));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> stamps;
  for (const auto& mine : given) {
    for (const std::string& id : mine) stamps.insert(id.substr(0, 18));
  }
  EXPECT_EQ(stamps.size(), 4000U);
}

TEST(RandomIds, MakeTokensOf32RandomBytes) {
  RandomIds ids;
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i) tokens.insert(ids.token());
  EXPECT_EQ(tokens.size(), 100U);
  const std::regex form("[A-Za-z0-9_-]{43}");
  for (const std::string& token : tokens) EXPECT_TRUE(std::regex_match(token, form)) << token;
}

TEST(SystemClock, CountsMicrosecondsSince1970) {
  SystemClock clock;
  const auto before = std::chrono::system_clock::now().time_since_epoch();
  const Instant now = clock.now();
  const auto after = std::chrono::system_clock::now().time_since_epoch();
  EXPECT_LE(std::chrono::duration_cast<std::chrono::microseconds>(before).count(),
            now.microseconds);
  EXPECT_GE(std::chrono::duration_cast<std::chrono::microseconds>(after).count(), now.microseconds);
}

}  // namespace
}  // namespace mingjian
