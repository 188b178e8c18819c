// The checker itself: an honest log passes, and each kind of lie in it is named.
#include "tests/cluster/checker.h"

#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mingjian::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Log {
  Attempts attempts;
  Histories histories;

  Attempt& last() { return attempts.back(); }
};

Attempt write(std::int64_t began, const std::string& key, int seen, int status, int version) {
  return {1, began, began + 10, true, key, "t-" + key, "a", seen, status, version};
}

Attempt read(std::int64_t began, int version) {
  return {2, began, began + 10, false, "", "", "a", 0, version == 0 ? 404 : 200, version};
}

// A case is filed; a note is acknowledged; one is not answered, and is there; one comes too late;
// one is not answered and is not there; one is answered when it is sent again. Reads between.
Log honest() {
  Log log;
  log.attempts = {write(0, "file", 0, 201, 1),   read(20, 1),
                  write(40, "one", 1, 200, 2),   read(60, 2),
                  write(80, "two", 2, 0, 0),     write(100, "late", 2, 412, 0),
                  write(120, "never", 3, 0, 0),  read(140, 3),
                  write(160, "again", 3, 0, 0),  write(180, "again", 3, 200, 4),
                  write(200, "five", 4, 200, 5), read(220, 5)};
  log.histories["a"] = {{1, "t-file"}, {2, "t-one"}, {3, "t-two"}, {4, "t-again"}, {5, "t-five"}};
  return log;
}

TEST(Checker, PassesAnHonestLog) {
  const Log log = honest();
  EXPECT_THAT(violations(log.attempts, log.histories), IsEmpty());
}

TEST(Checker, PassesWhatOverlapsInTime) {
  Log log = honest();
  log.attempts.push_back({3, 230, 300, true, "six", "t-six", "a", 5, 200, 6});
  log.histories["a"].push_back({6, "t-six"});
  log.attempts.push_back(read(240, 6));  // seen before its writer heard of it
  log.attempts.push_back(read(225, 5));
  EXPECT_THAT(violations(log.attempts, log.histories), IsEmpty());
}

struct Lie {
  std::string name;
  std::function<void(Log&)> tell;
  std::string expected;
};

class CheckerFinds : public ::testing::TestWithParam<Lie> {};

TEST_P(CheckerFinds, Each) {
  Log log = honest();
  GetParam().tell(log);
  EXPECT_THAT(violations(log.attempts, log.histories), Contains(HasSubstr(GetParam().expected)));
}

INSTANTIATE_TEST_SUITE_P(
    Lies, CheckerFinds,
    ::testing::Values(
        Lie{"LostLast", [](Log& log) { log.histories["a"].pop_back(); },
            "acknowledged and not there: five"},
        Lie{"LostCase", [](Log& log) { log.histories.clear(); },
            "acknowledged and not there: file"},
        Lie{"LostMiddle",
            [](Log& log) { log.histories["a"].erase(log.histories["a"].begin() + 1); },
            "versions are not one sequence"},
        Lie{"Replaced", [](Log& log) { log.histories["a"][1].trace = "t-five"; },
            "acknowledged and not there: one"},
        Lie{"Doubled",
            [](Log& log) {
              log.histories["a"].push_back({6, "t-five"});
            },
            "done more than once: five"},
        Lie{"DoubledWithoutAnAnswer",
            [](Log& log) {
              log.histories["a"].push_back({6, "t-two"});
            },
            "done more than once: two"},
        Lie{"DoubledInAnotherCase",
            [](Log& log) {
              log.histories["b"] = {{1, "t-file"}};
            },
            "done more than once: file"},
        Lie{"SameVersionTwice", [](Log& log) { log.histories["a"].back().version = 4; },
            "versions are not one sequence"},
        Lie{"NotAtItsPlace",
            [](Log& log) { std::swap(log.histories["a"][1].trace, log.histories["a"][3].trace); },
            "not where the answer said: one"},
        Lie{"RefusedAndThere",
            [](Log& log) {
              log.histories["a"].push_back({6, "t-late"});
            },
            "refused and done all the same: late"},
        Lie{"RefusedThoughFirst",
            [](Log& log) { log.attempts.push_back(write(300, "six", 5, 412, 0)); },
            "refused without a reason: six"},
        Lie{"RefusedForAnotherReason",
            [](Log& log) { log.attempts.push_back(write(300, "six", 2, 422, 0)); },
            "refused without a reason: six"},
        Lie{"RefusedThenAcknowledged",
            [](Log& log) { log.attempts.push_back(write(300, "five", 4, 412, 0)); },
            "acknowledged and refused: five"},
        Lie{"TwoAnswers", [](Log& log) { log.attempts.push_back(write(300, "five", 4, 200, 6)); },
            "answered in two ways: five"},
        Lie{"Invented",
            [](Log& log) {
              log.histories["a"].push_back({6, "t-nobody"});
            },
            "nobody sent it: t-nobody"},
        Lie{"StaleAfterWriting", [](Log& log) { log.attempts.push_back(read(300, 4)); },
            "read something old: a 4 where 5 was known"},
        Lie{"StaleAfterReading",
            [](Log& log) { log.attempts.insert(log.attempts.begin() + 8, read(152, 2)); },
            "read something old: a 2 where 3 was known"},
        Lie{"NotThereAfterFiling", [](Log& log) { log.attempts.push_back(read(300, 0)); },
            "read something old: a 0 where 5 was known"},
        Lie{"ReadFromTheFuture", [](Log& log) { log.attempts.push_back(read(62, 4)); },
            "read what nobody had written: a 4"},
        Lie{"ReadWhatWasUndone", [](Log& log) { log.attempts.push_back(read(300, 6)); },
            "read what nobody had written: a 6"},
        Lie{"OrderOfAcknowledgements",
            [](Log& log) {
              log.attempts.push_back(write(400, "seven", 5, 200, 6));
              log.attempts.push_back(write(300, "six", 6, 200, 7));
              log.histories["a"].push_back({6, "t-seven"});
              log.histories["a"].push_back({7, "t-six"});
            },
            "put before what was acknowledged earlier"},
        Lie{"ToldAsAFaultOfTheProgram",
            [](Log& log) { log.attempts.push_back(write(300, "two", 2, 500, 0)); },
            "answered with 500: two"}),
    [](const auto& lie) { return lie.param.name; });

}  // namespace
}  // namespace mingjian::testing
