#include <algorithm>
#include <limits>
#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr auto kMost = std::numeric_limits<std::int64_t>::max();

class StoreCommit : public AdapterContract {};
INSTANTIATE_TEST_SUITE_P(Adapters, StoreCommit, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(StoreCommit, KeepsANewCaseWithItsHeadEventsTasksAndAnswer) {
  Commit commit = filing(1);
  commit.tasks = {approval(1, 1)};
  committed(commit);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(commit.head));
  EXPECT_EQ(store().events(case_id(1), 0, 10).value(), commit.events);
  EXPECT_THAT(store().task(task_id(1)).value(), Optional(commit.tasks[0]));
  EXPECT_THAT(store().find_answer(PersonId("lin-wei"), commit.idempotency.key).value(),
              Optional(commit.idempotency));
}

TEST_P(StoreCommit, KnowsNothingThatWasNotCommitted) {
  EXPECT_FALSE(store().head(case_id(1)).value());
  EXPECT_THAT(store().events(case_id(1), 0, 10).value(), IsEmpty());
  EXPECT_FALSE(store().task(task_id(1)).value());
  EXPECT_FALSE(store().find_answer(PersonId("lin-wei"), "").value());
  EXPECT_EQ(store().check().value(), Readiness::kAll);
}

TEST_P(StoreCommit, ReplacesTheWholeHead) {
  const Commit first = filing(1);
  committed(first);
  Commit second = following(first);
  second.head.number = "问责〔2026〕99号";
  second.head.definition = "other";
  second.head.definition_version = 7;
  second.head.title = "改了";
  second.head.closed = true;
  second.head.stages = R"(["end"])";
  second.head.organ = OrganisationId("province");
  second.head.filed_by = PersonId("zhao");
  second.head.filed_at = {3};
  second.head.updated_at = {4};
  committed(second);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(second.head));
}

TEST_P(StoreCommit, RefusesAStaleVersionAndChangesNothing) {
  const Commit first = filing(1);
  committed(first);
  committed(following(first));
  Commit late = following(first);
  late.idempotency.key = "another";
  late.head.title = "too late";
  late.tasks = {approval(1, 1)};
  EXPECT_THAT(stale(late), Optional(Version{2}));
  EXPECT_EQ(store().head(case_id(1)).value()->title, first.head.title);
  EXPECT_FALSE(store().task(task_id(1)).value());
  EXPECT_FALSE(store().find_answer(late.idempotency.person, "another").value());
}

TEST_P(StoreCommit, RefusesToFileACaseTwice) {
  committed(filing(1));
  Commit again = filing(1);
  again.idempotency.key = "another";
  EXPECT_THAT(stale(again), Optional(Version{1}));
}

TEST_P(StoreCommit, SaysVersionZeroForACaseThatIsNotThere) {
  EXPECT_THAT(stale(following(filing(1))), Optional(Version{0}));
  EXPECT_FALSE(store().head(case_id(1)).value());
}

TEST_P(StoreCommit, RefusesAVersionFromTheFuture) {
  const Commit first = filing(1);
  committed(first);
  EXPECT_THAT(stale(following(following(first))), Optional(Version{1}));
}

TEST_P(StoreCommit, GivesTheFirstAnswerToARepeat) {
  const Commit first = filing(1);
  committed(first);
  Commit again = first;
  again.idempotency.answer = "another answer";
  again.idempotency.fingerprint = "another command";
  EXPECT_THAT(repeated(again), Optional(first.idempotency));
  EXPECT_EQ(store().events(case_id(1), 0, 10).value().size(), 1U);
}

TEST_P(StoreCommit, GivesTheFirstAnswerAlsoWhereTheVersionIsStale) {
  const Commit first = filing(1);
  const Commit second = following(first);
  committed(first);
  committed(second);
  committed(following(second));
  EXPECT_THAT(repeated(second), Optional(second.idempotency));
}

TEST_P(StoreCommit, GivesTheFirstAnswerAlsoForAnotherCase) {
  const Commit first = filing(1);
  committed(first);
  Commit other = filing(2);
  other.idempotency.key = first.idempotency.key;
  EXPECT_THAT(repeated(other), Optional(first.idempotency));
  EXPECT_FALSE(store().head(case_id(2)).value());
}

TEST_P(StoreCommit, ForgetsTheOldestAnswersAndNoMoreAtOnceThanAsked) {
  std::vector<Commit> commits;
  for (std::uint64_t number = 1; number <= 5; ++number) {
    commits.push_back(filing(number));
    // The greater the number, the older.
    commits.back().idempotency.at = Instant{1'000 - static_cast<std::int64_t>(number)};
    committed(commits.back());
  }
  EXPECT_EQ(store().drop_answers(Instant{998}, 2).value(), 2U);
  const auto known = [&](std::size_t number) {
    const IdempotencyRecord& answer = commits[number - 1].idempotency;
    return store().find_answer(answer.person, answer.key).value().has_value();
  };
  EXPECT_EQ((std::vector{known(1), known(2), known(3), known(4), known(5)}),
            (std::vector{true, true, true, false, false}));
  EXPECT_EQ(store().drop_answers(Instant{998}, 2).value(), 1U);
  EXPECT_EQ(store().drop_answers(Instant{998}, 2).value(), 0U);
  EXPECT_TRUE(known(2));
  EXPECT_TRUE(store().head(case_id(5)).value());
}

TEST_P(StoreCommit, LetsTwoPeopleUseTheSameKey) {
  const Commit first = filing(1);
  committed(first);
  Commit other = filing(2);
  other.idempotency.person = PersonId("zhao");
  other.idempotency.key = first.idempotency.key;
  committed(other);
}

TEST_P(StoreCommit, TellsApartKeysThatLookAlike) {
  const std::vector<std::string> keys = {"key", "KEY", "key ", "kéy", "ke\u0301y", "ｋｅｙ"};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Commit commit = filing(i + 1);
    commit.idempotency.key = keys[i];
    committed(commit);
    EXPECT_THAT(store().find_answer(commit.idempotency.person, keys[i]).value(),
                Optional(commit.idempotency));
  }
}

TEST_P(StoreCommit, RefusesANumberThatAnotherCaseHasAndChangesNothing) {
  const Commit first = filing(1);
  committed(first);
  Commit second = filing(2);
  second.head.number = first.head.number;
  second.tasks = {approval(1, 2)};
  const auto outcome = store().commit(second);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ErrorKind::kConflict);
  EXPECT_FALSE(store().head(case_id(2)).value());
  EXPECT_THAT(store().events(case_id(2), 0, 10).value(), IsEmpty());
  EXPECT_FALSE(store().task(task_id(1)).value());
  committed(filing(2));
}

TEST_P(StoreCommit, LetsCasesHaveNoNumber) {
  for (const std::uint64_t number : {1U, 2U}) {
    Commit commit = filing(number);
    commit.head.number.clear();
    committed(commit);
  }
}

TEST_P(StoreCommit, RefusesACommitWithAGapInItsEvents) {
  Commit gap = filing(1);
  gap.events[0].version = 2;
  Commit missing = filing(1);
  missing.events.clear();
  Commit foreign = filing(1);
  foreign.events[0].case_id = case_id(2);
  Commit foreign_task = filing(1);
  foreign_task.tasks = {approval(1, 2)};
  for (const Commit& commit : {gap, missing, foreign, foreign_task}) {
    const auto outcome = store().commit(commit);
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error().kind, ErrorKind::kInvalidInput);
  }
  EXPECT_FALSE(store().head(case_id(1)).value());
}

TEST_P(StoreCommit, GivesEventsInOrderAndInPages) {
  Commit commit = filing(1);
  const EventRecord first = commit.events[0];
  for (Version version = 2; version <= 25; ++version) {
    EventRecord event = first;
    event.version = version;
    commit.events.push_back(event);
  }
  commit.head.version = 25;
  committed(commit);
  std::vector<EventRecord> read;
  for (Version after = 0;;) {
    const auto page = store().events(case_id(1), after, 10).value();
    if (page.empty()) break;
    EXPECT_LE(page.size(), 10U);
    after = page.back().version;
    read.insert(read.end(), page.begin(), page.end());
  }
  EXPECT_EQ(read, commit.events);
  EXPECT_THAT(store().events(case_id(1), 25, 10).value(), IsEmpty());
  EXPECT_THAT(store().events(case_id(1), std::numeric_limits<Version>::max(), 10).value(),
              IsEmpty());
  EXPECT_THAT(store().events(case_id(1), 0, 0).value(), IsEmpty());
  EXPECT_EQ(store().events(case_id(1), 0, std::numeric_limits<std::size_t>::max()).value().size(),
            25U);
}

TEST_P(StoreCommit, KeepsEveryCharacter) {
  const std::string hard = std::string("é 汉字 𠮷 😀 ' \" \\ % _ ; -- \r\n\t") + '\0' + "after NUL";
  Commit commit = filing(1);
  commit.head.title = hard;
  commit.head.state = hard;
  commit.head.number = hard;
  commit.events[0].body = hard;
  commit.events[0].type = hard;
  commit.idempotency.key = hard;
  commit.idempotency.answer = hard;
  committed(commit);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(commit.head));
  EXPECT_EQ(store().events(case_id(1), 0, 1).value(), commit.events);
  EXPECT_THAT(repeated(commit), Optional(commit.idempotency));
}

TEST_P(StoreCommit, KeepsEmptyTexts) {
  Commit commit = filing(1);
  commit.head.number = commit.head.definition = commit.head.title = "";
  commit.head.stages = commit.head.state = "";
  commit.head.organ = OrganisationId();
  commit.head.filed_by = PersonId();
  commit.events[0].type = commit.events[0].body = "";
  commit.events[0].actor = PersonId();
  commit.idempotency = {PersonId(), "", "", "", Instant{0}};
  committed(commit);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(commit.head));
  EXPECT_EQ(store().events(case_id(1), 0, 1).value(), commit.events);
  EXPECT_THAT(store().find_answer(PersonId(), "").value(), Optional(commit.idempotency));
}

TEST_P(StoreCommit, KeepsTheGreatestAndTheSmallestNumbers) {
  Commit commit = filing(1);
  commit.head.definition_version = kMost;
  commit.head.filed_at = kEarliest;
  commit.head.updated_at = kLatest;
  commit.events[0].recorded_at = kLatest;
  commit.events[0].occurred_at = kEarliest;
  commit.tasks = {approval(1, 1)};
  commit.tasks[0].step = kMost;
  commit.tasks[0].closed_at = kEarliest;
  commit.idempotency.at = kEarliest;
  committed(commit);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(commit.head));
  EXPECT_EQ(store().events(case_id(1), 0, 1).value(), commit.events);
  EXPECT_THAT(store().task(task_id(1)).value(), Optional(commit.tasks[0]));
  EXPECT_THAT(repeated(commit), Optional(commit.idempotency));
}

TEST_P(StoreCommit, KeepsALargeEvent) {
  Commit commit = filing(1);
  commit.events[0].body = std::string(2'000'000, 'x');
  committed(commit);
  EXPECT_EQ(store().events(case_id(1), 0, 1).value(), commit.events);
}

TEST_P(StoreCommit, OrdersByVersionAlsoWhereTheClockGoesBack) {
  const Commit first = filing(1);
  committed(first);
  Commit second = following(first);
  second.head.updated_at = {first.head.filed_at.microseconds - 3'600'000'000};
  second.events[0].recorded_at = second.events[0].occurred_at = second.head.updated_at;
  committed(second);
  EXPECT_THAT(store().head(case_id(1)).value(), Optional(second.head));
  EXPECT_THAT(store().events(case_id(1), 0, 10).value(),
              ElementsAre(first.events[0], second.events[0]));
}

TEST_P(StoreCommit, HasAClockThatGoesOn) {
  constexpr Instant kYear2020{1'577'836'800'000'000};
  const Instant first = store().now().value();
  EXPECT_GT(first, kYear2020);
  while (store().now().value() == first) continue;
  EXPECT_GT(store().now().value(), first);
}

TEST_P(StoreCommit, WalksAllCasesInOrder) {
  for (std::uint64_t number = 1; number <= 5; ++number) committed(filing(number));
  EXPECT_THAT(store().case_ids("", 3).value(), ElementsAre(case_id(1), case_id(2), case_id(3)));
  EXPECT_THAT(store().case_ids(case_id(3).value(), 3).value(), ElementsAre(case_id(4), case_id(5)));
  EXPECT_THAT(store().case_ids(case_id(5).value(), 3).value(), IsEmpty());
}

// How many of two commits that run at the same time are committed.
int winners(Store& store, const Commit& one, const Commit& other) {
  std::array<int, 2> won{};
  const auto run = [&](std::size_t at, const Commit& commit) {
    const auto outcome = store.commit(commit);
    won.at(at) = outcome && std::holds_alternative<Committed>(*outcome) ? 1 : 0;
  };
  std::thread first(run, 0, std::cref(one));
  std::thread second(run, 1, std::cref(other));
  first.join();
  second.join();
  return won[0] + won[1];
}

TEST_P(StoreCommit, LetsExactlyOneOfTwoWritersHaveAVersion) {
  Commit last = filing(1);
  committed(last);
  for (int round = 0; round < 100; ++round) {
    Commit one = following(last);
    Commit other = one;
    other.idempotency.key += "-other";
    one.head.title = "one";
    other.head.title = "other";
    ASSERT_EQ(winners(store(), one, other), 1);
    last = one;
  }
  EXPECT_EQ(store().events(case_id(1), 0, 1000).value().size(), 101U);
  EXPECT_EQ(store().head(case_id(1)).value()->version, 101U);
}

TEST_P(StoreCommit, DoesARepeatedCommandOnceAlsoWhereBothComeTogether) {
  Commit last = filing(1);
  committed(last);
  for (int round = 0; round < 100; ++round) {
    const Commit next = following(last);
    ASSERT_EQ(winners(store(), next, next), 1);
    last = next;
  }
}

TEST_P(StoreCommit, FilesACaseOnceWhereTwoFileItTogether) {
  for (std::uint64_t number = 1; number <= 50; ++number) {
    const Commit one = filing(number);
    Commit other = one;
    other.idempotency.key += "-other";
    ASSERT_EQ(winners(store(), one, other), 1);
  }
}

TEST_P(StoreCommit, CountsEachSeriesFromOne) {
  EXPECT_EQ(store().next_number("问责-2026").value(), 1);
  EXPECT_EQ(store().next_number("问责-2026").value(), 2);
  EXPECT_EQ(store().next_number("问责-2027").value(), 1);
  EXPECT_EQ(store().next_number("").value(), 1);
}

TEST_P(StoreCommit, GivesNoNumberTwice) {
  constexpr int kThreads = 8;
  constexpr int kEach = 50;
  std::vector<std::vector<std::int64_t>> given(kThreads);
  std::vector<std::thread> threads;
  for (auto& mine : given) {
    threads.emplace_back([&] {
      for (int i = 0; i < kEach; ++i) mine.push_back(store().next_number("series").value_or(0));
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::int64_t> all;
  for (const auto& mine : given) {
    EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), std::size_t{kThreads * kEach});
  EXPECT_EQ(*all.begin(), 1);
  EXPECT_EQ(*all.rbegin(), kThreads * kEach);
}

TEST_P(StoreCommit, ReadsWholeCommitsWhileOthersWrite) {
  Commit last = filing(1);
  committed(last);
  std::atomic<bool> done = false;
  std::thread writer([&] {
    for (int round = 0; round < 100; ++round) {
      last = following(last);
      last.head.title = last.head.updated_at.microseconds % 2 == 0 ? "even" : "odd";
      EXPECT_TRUE(store().commit(last));
    }
    done = true;
  });
  Version seen = 0;
  while (!done) {
    const auto head = store().head(case_id(1)).value();
    ASSERT_GE(head->version, seen);
    seen = head->version;
    EXPECT_EQ(head->state, "{\"version\":" + std::to_string(seen) + "}");
    ASSERT_GE(store().events(case_id(1), 0, 1000).value().size(), seen);
  }
  writer.join();
}

}  // namespace
}  // namespace mingjian::testing
