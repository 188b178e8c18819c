// What happens in a case by itself: when it is due, in which order, and what it does to the rest.
#include "engine/case/due.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/case/replay.h"
#include "tests/support/small_office.h"
#include "tests/support/timed_definition.h"

namespace mingjian {
namespace {

using ::testing::ElementsAre;
using testing::first_timed_version;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::SmallOffice;
using testing::timed_version;

constexpr std::int64_t kHour = 3'600'000'000;
constexpr Instant kFiled{1'800'000'000'000'000};  // where SmallOffice begins

Instant hours_later(std::int64_t hours) { return {kFiled.microseconds + hours * kHour}; }

// How long after the filing each event was due, in hours.
std::vector<std::int64_t> hours(const std::vector<Event>& events) {
  std::vector<std::int64_t> all;
  for (const Event& event : events)
    all.push_back((event.occurred_at.microseconds - kFiled.microseconds) / kHour);
  return all;
}

const TimerFired& timer(const Event& event) { return std::get<TimerFired>(event.body); }

TEST(Due, TellsWhatWillHappenByItselfInItsOrder) {
  const SmallOffice office(first_timed_version());
  EXPECT_THAT(running_timers(office.state()),
              ElementsAre(RunningTimer{hours_later(1), "letter.waiting", "PT1H", ""},
                          RunningTimer{hours_later(2), "", "", "remind"},
                          RunningTimer{hours_later(24), "letter.waiting", "P1D", ""}));
  EXPECT_EQ(next_due(office.state()), hours_later(1));
}

TEST(Due, IsNothingWhereNoTimerRuns) {
  EXPECT_EQ(next_due(CaseState()), std::nullopt);
  EXPECT_EQ(next_due(SmallOffice(testing::first_version()).state()), std::nullopt);
}

TEST(Due, IsNothingOfAClosedCase) {
  SmallOffice office(first_timed_version());
  ASSERT_TRUE(office.fire("inspector", "answer"));
  EXPECT_TRUE(office.state().closed);
  EXPECT_EQ(next_due(office.state()), std::nullopt);
  office.pass(1000);
  EXPECT_THAT(office.fall_due().value(), IsEmpty());
}

// No store can write such a moment as a date.
TEST(Due, NeverComesAfterTheYear9999) {
  const Definition far = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"]["after"] = {{"P2920000D", {{"target", "overdue"}}}};
    json["states"]["waiting"].erase("entry");
  });
  const SmallOffice office(far);
  ASSERT_THAT(office.state().chart["timers"], SizeIs(1));
  EXPECT_EQ(next_due(office.state()), std::nullopt);
}

TEST(DecideDue, DoesNothingBeforeTheTime) {
  SmallOffice office(first_timed_version());
  EXPECT_THAT(office.fall_due().value(), IsEmpty());
  EXPECT_EQ(office.state().version, 1U);
}

TEST(DecideDue, FiresATimerByTheSystemAtItsOwnTime) {
  SmallOffice office(first_timed_version());
  office.pass(1);
  const auto events = office.fall_due().value();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_EQ(events[0].version, 2U);
  EXPECT_EQ(events[0].actor, kSystem);
  EXPECT_THAT(events[0].roles, IsEmpty());
  EXPECT_EQ(events[0].occurred_at, hours_later(1));
  EXPECT_EQ(timer(events[0]).state, "letter.waiting");
  EXPECT_EQ(timer(events[0]).delay, "PT1H");
  EXPECT_THAT(timer(events[0]).step.taken, ElementsAre("/states/waiting/after/PT1H"));
  EXPECT_EQ(office.state().data["reminders"], 1);
  EXPECT_EQ(next_due(office.state()), hours_later(2));
  EXPECT_THAT(office.fall_due().value(), IsEmpty()) << "it fires once";
}

// A process that was away for four days finds it all as if it had never been away.
TEST(DecideDue, FiresLateTimersInOrderEachAtItsOwnTime) {
  SmallOffice office(first_timed_version());
  office.pass(96);
  const auto events = office.fall_due().value();
  EXPECT_THAT(hours(events), ElementsAre(1, 2, 24, 24 + 48));
  for (const Event& event : events) EXPECT_EQ(event.recorded_at, office.now());
  EXPECT_EQ(timer(events[1]).event, "remind");
  EXPECT_EQ(office.state().data["reminders"], 2);
  EXPECT_EQ(office.state().data["last"], hours_later(2).microseconds / 1000);
  EXPECT_TRUE(office.state().closed);
  EXPECT_EQ(office.state().version, 5U);
}

TEST(DecideDue, GivesTheSameCaseWhetherItIsLateOrNot) {
  SmallOffice late(first_timed_version());
  late.pass(30);
  ASSERT_TRUE(late.fall_due());
  SmallOffice in_time(first_timed_version());
  for (int hour = 0; hour < 30; ++hour) {
    in_time.pass(1);
    ASSERT_TRUE(in_time.fall_due());
  }
  EXPECT_EQ(late.state().data, in_time.state().data);
  EXPECT_EQ(late.state().chart, in_time.state().chart);
  EXPECT_EQ(late.state().version, in_time.state().version);
}

// Nobody acted there, so nobody is barred from what comes.
TEST(DecideDue, MakesNobodyActInTheCase) {
  SmallOffice office(first_timed_version());
  office.pass(2);
  const auto events = office.fall_due().value();
  EXPECT_THAT(timer(events.back()).step.taken, ElementsAre("/states/waiting/on/remind"));
  EXPECT_THAT(timer(events.back()).step.sources, IsEmpty());
  EXPECT_TRUE(office.state().acted.empty());
}

TEST(DecideDue, RecordsATimerWhoseGuardDoesNotHold) {
  const Definition guarded = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"]["after"]["PT1H"]["guard"] = {
        {"==", {{{"var", "context.reminders"}}, 7}}};
  });
  SmallOffice office(guarded);
  office.pass(1);
  const auto events = office.fall_due().value();
  ASSERT_THAT(events, SizeIs(1));
  EXPECT_THAT(timer(events[0]).step.taken, IsEmpty());
  EXPECT_EQ(office.state().data["reminders"], 0);
  EXPECT_EQ(next_due(office.state()), hours_later(2));
}

TEST(DecideDue, EndsARequestWhoseStateIsLeft) {
  SmallOffice office(first_timed_version());
  ASSERT_TRUE(office.fire("inspector", "drop"));
  const TaskId task = testing::tasks_of(office.state().requests.at(0)).front();
  office.pass(2);
  ASSERT_TRUE(office.fall_due());
  ASSERT_THAT(office.state().requests, SizeIs(1)) << "a reminder leaves nothing";
  office.pass(22);
  const CaseState before = office.state();
  const auto events = office.fall_due().value();
  EXPECT_THAT(office.state().requests, IsEmpty());
  const auto rows = changed_tasks(before, office.state(), events);
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].id, task);
  EXPECT_EQ(rows[0].decision, "superseded");
  EXPECT_TRUE(rows[0].closed_by.empty());
}

TEST(DecideDue, LeavesTheRestForTheNextTime) {
  const Definition repeating = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"].erase("entry");
    json["states"]["waiting"]["after"] = {{"PT1M", {{"target", "waiting"}, {"reenter", true}}}};
  });
  SmallOffice office(repeating);
  office.pass(2);
  EXPECT_THAT(office.fall_due().value(), SizeIs(kMostDueAtOnce));
  EXPECT_THAT(office.fall_due().value(), SizeIs(120 - kMostDueAtOnce));
  EXPECT_THAT(office.fall_due().value(), IsEmpty());
  EXPECT_EQ(office.state().version, 121U);
}

TEST(DecideDue, RefusesTimersThatGoRoundAtOneMoment) {
  const Definition endless = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"].erase("entry");
    json["states"]["waiting"]["after"] = {{"0", {{"target", "waiting"}, {"reenter", true}}}};
  });
  SmallOffice office(endless);
  const auto refused = office.fall_due();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().kind, ObstacleKind::kState);
  EXPECT_EQ(office.state().version, 1U);
}

// Nobody would be asked.
TEST(DecideDue, HasNoApprovalAndNobodyWhoTakesIt) {
  const auto with = [](const char* key, const Json& value) {
    return timed_version(
        1, [&](OrderedJson& json) { json["states"]["waiting"]["after"]["P1D"][key] = value; });
  };
  EXPECT_THROW((void)with("by", {"inspector"}), std::runtime_error);
  EXPECT_THROW((void)with("approval", {{"steps", {testing::approval_step("main_head")}}}),
               std::runtime_error);
  EXPECT_NO_THROW((void)with("rules", {"R-1"}));
}

// Data that the case cannot hold: the timer stays due, and what was due before it has happened.
TEST(DecideDue, KeepsATimerThatCannotFire) {
  const Definition misfit = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"]["on"]["remind"]["actions"] = {{"assign", {{"reminders", 10}}}};
  });
  SmallOffice office(misfit);
  office.pass(3);
  EXPECT_THAT(office.fall_due().value(), SizeIs(1));
  const auto refused = office.fall_due();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().front().pointer, "/data/reminders");
  EXPECT_EQ(next_due(office.state()), hours_later(2));
}

// Time that ran before a migration counts: what is past due by the new version fires at once.
TEST(DecideDue, FiresAfterAMigrationWhatTheNewVersionHasLongMade) {
  const Definition sooner = timed_version(2, [](OrderedJson& json) {
    json["states"]["waiting"]["after"].erase("P1D");
    json["states"]["waiting"]["after"]["PT5H"] = {{"target", "overdue"}};
  });
  SmallOffice office(first_timed_version());
  office.pass(10);
  ASSERT_TRUE(office.fall_due());
  ASSERT_TRUE(office.migrate(sooner));
  EXPECT_EQ(next_due(office.state()).value().microseconds % kHour, kFiled.microseconds % kHour);
  const auto events = office.fall_due().value();
  ASSERT_FALSE(events.empty());
  EXPECT_THAT(office.stands(), ElementsAre("letter.overdue"));
}

Replay replay(const SmallOffice& office, const Definition& next) {
  Replayer replayer(office.definition(), next);
  for (const Event& event : office.events()) replayer.take(event);
  return replayer.finish(office.now());
}

TEST(ReplayOfTimers, FindsNothingWhereTheProcedureIsTheSame) {
  SmallOffice office(first_timed_version());
  office.pass(30);
  ASSERT_TRUE(office.fall_due());
  const Replay found = replay(office, timed_version(2, [](OrderedJson&) {}));
  EXPECT_FALSE(found.affected()) << found.diverges_at.value_or(0);
  EXPECT_THAT(found.stands, ElementsAre("letter.overdue"));
}

TEST(ReplayOfTimers, TellsApartTimersThatAreDueAtOneMoment) {
  const auto twice = [](OrderedJson& json) {
    json["states"]["waiting"]["after"] = {{"PT60M", {{"target", "overdue"}}}};
    json["states"]["overdue"]["after"] = {{"0", {{"target", "closed"}}}};
  };
  const Definition first = timed_version(1, twice);
  SmallOffice office(first);
  office.pass(5);
  ASSERT_THAT(office.fall_due().value(), SizeIs(2));
  EXPECT_FALSE(replay(office, timed_version(2, twice)).diverges_at);
}

TEST(ReplayOfTimers, FiresThoseThatTheNewVersionAdds) {
  SmallOffice office(first_timed_version());
  office.pass(3);
  ASSERT_TRUE(office.fall_due());
  const Definition sooner = timed_version(2, [](OrderedJson& json) {
    json["states"]["waiting"]["after"]["PT90M"] = {{"target", "overdue"}};
  });
  const Replay found = replay(office, sooner);
  EXPECT_EQ(found.diverges_at, Version{3});
  EXPECT_THAT(found.stands, ElementsAre("letter.overdue"));
}

TEST(ReplayOfTimers, LosesAStepThatCameTooLateInTheNewVersion) {
  SmallOffice office(first_timed_version());
  office.pass(3);
  ASSERT_TRUE(office.fall_due());
  ASSERT_TRUE(office.fire("inspector", "drop"));
  ASSERT_TRUE(office.sign("head"));
  const Definition sooner = timed_version(2, [](OrderedJson& json) {
    json["states"]["waiting"]["after"]["PT90M"] = {{"target", "overdue"}};
  });
  const Replay found = replay(office, sooner);
  EXPECT_TRUE(found.loses_step());
}

// What ran out since the last act counts too.
TEST(ReplayOfTimers, LetsTimePassUntilNow) {
  const Definition silent = timed_version(1, [](OrderedJson& json) {
    json["states"]["waiting"].erase("entry");
    json["states"]["waiting"].erase("after");
  });
  SmallOffice office(silent);
  office.pass(30);
  const Replay found = replay(office, timed_version(2, [](OrderedJson&) {}));
  EXPECT_EQ(found.diverges_at, Version{1});
  EXPECT_THAT(found.stands, ElementsAre("letter.overdue"));
}

}  // namespace
}  // namespace mingjian
