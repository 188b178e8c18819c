// What is due in cases happens, on every kind of store: once, in order, whoever sees to it and
// whatever the clock does.
#include "engine/service/timer_firing.h"

#include <set>
#include <thread>

#include <gmock/gmock.h>

#include "adapters/memory/memory_definition_store.h"
#include "adapters/system/random_ids.h"
#include "engine/access/role.h"
#include "engine/access/system_actor.h"
#include "engine/case/due.h"
#include "tests/contract/adapter_contract.h"
#include "tests/support/standing_clock.h"
#include "tests/support/timed_definition.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr std::int64_t kHour = 3'600'000'000;

Workflows timed_workflows() {
  Workflows workflows{small_register(), Form::compile_plain(Json::object()).value(), {}};
  workflows.definitions.push_back(load(timed_definition()));
  return workflows;
}

// One process: all that it keeps in memory is its own.
class Process {
 public:
  Process(Store& store, Directory& directory, Clock& clock)
      : people_(directory, clock),
        catalogue_(timed_workflows(), uploaded_, clock),
        cases_(store, people_, clock, ids_, catalogue_),
        firing_(cases_, clock, ids_,
                [this](const CaseId& id, const Rejection&) { reported_.push_back(id); }) {}

  CaseService& cases() { return cases_; }
  ActingPerson inspector() { return people_.acting(PersonId("lin-wei")).value(); }
  Result<Instant> run_once() { return firing_.run_once(); }
  [[nodiscard]] const std::vector<CaseId>& reported() const { return reported_; }

 private:
  RandomIds ids_;
  People people_;
  MemoryDefinitionStore uploaded_;
  Catalogue catalogue_;
  CaseService cases_;
  TimerFiring firing_;
  std::vector<CaseId> reported_;
};

class TimerFiringOn : public AdapterContract {
 protected:
  void SetUp() override {
    const OrganisationId city("city");
    const auto holder = [&](const char* id, const Role& role) {
      return Person{PersonId(id), {id, id}, {{city, role, Instant{0}, std::nullopt}}, true};
    };
    ASSERT_TRUE(directory().put_office(
        {{{city, {}, "OK-JW", {"市", "City"}}},
         {holder("lin-wei", role::kInspector), holder("chen-gang", role::kDepartmentHead)}}));
  }

  Process new_process() { return {store(), directory(), clock_}; }

  CaseId filed(const std::string& key = "file") {
    const auto answer = process_.cases().execute({.actor = process_.inspector(),
                                                  .idempotency_key = key,
                                                  .fingerprint = key,
                                                  .case_id = {},
                                                  .expected = 0,
                                                  .command = FileCase{"letter", {{"facts", "x"}}}});
    EXPECT_TRUE(answer);
    return answer ? answer->case_id : CaseId();
  }

  tl::expected<Answer, Rejection> note(const CaseId& id, Version seen) {
    const std::string key = "note on " + std::to_string(seen);
    return process_.cases().execute({process_.inspector(), key, key, id, seen, AddNote{"a note"}});
  }

  std::vector<Event> history(const CaseId& id) {
    std::vector<Event> events;
    const auto records = store().events(id, 0, 1000).value();
    for (const EventRecord& record : records)
      events.push_back(event_from_json(Json::parse(record.body)).value());
    return events;
  }

  // How many hours after the filing each thing was due that happened by itself.
  std::vector<std::int64_t> fallen_due(const CaseId& id) {
    std::vector<std::int64_t> hours;
    const auto events = history(id);
    for (const Event& event : events) {
      if (!std::holds_alternative<TimerFired>(event.body)) continue;
      EXPECT_EQ(event.actor, kSystem);
      // The chart counts in milliseconds.
      hours.push_back((event.occurred_at.microseconds - events[0].occurred_at.microseconds + 999) /
                      kHour);
    }
    return hours;
  }

  StandingClock clock_;
  Process process_ = new_process();
};
INSTANTIATE_TEST_SUITE_P(Adapters, TimerFiringOn, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(TimerFiringOn, FiresWhatIsDueAndNothingElse) {
  const CaseId id = filed();
  ASSERT_TRUE(process_.run_once());
  EXPECT_THAT(fallen_due(id), IsEmpty());
  clock_.advance(kHour);
  const auto next = process_.run_once();
  ASSERT_TRUE(next);
  EXPECT_GT(*next, clock_.now());
  EXPECT_THAT(fallen_due(id), ElementsAre(1));
  ASSERT_TRUE(process_.run_once());
  EXPECT_THAT(fallen_due(id), ElementsAre(1));
  EXPECT_TRUE(process_.cases().verify(id));
}

TEST_P(TimerFiringOn, CatchesUpInOrderAfterTheProcessWasAway) {
  const CaseId id = filed();
  clock_.advance(100 * kHour);
  ASSERT_TRUE(process_.run_once());
  EXPECT_THAT(fallen_due(id), ElementsAre(1, 2, 24, 72));
  const auto head = store().head(id).value();
  EXPECT_TRUE(head->closed);
  EXPECT_EQ(head->version, 5U);
  EXPECT_FALSE(store().timer(id).value());
  EXPECT_TRUE(process_.cases().verify(id));
}

TEST_P(TimerFiringOn, LosesAndDoublesNothingWhereTheClockJumps) {
  const CaseId id = filed();
  clock_.advance(kHour / 2);
  for (const std::int64_t jump : {kHour, -kHour, kHour, -kHour, 2 * kHour, -kHour, kHour}) {
    clock_.advance(jump);
    ASSERT_TRUE(process_.run_once());
  }
  EXPECT_THAT(fallen_due(id), ElementsAre(1, 2));
  EXPECT_TRUE(process_.cases().verify(id));
}

// A time that has passed has passed, also where no process has seen to it yet.
TEST_P(TimerFiringOn, LetsNobodyActBeforeWhatIsDue) {
  const CaseId id = filed();
  clock_.advance(25 * kHour);
  const auto refused = note(id, 1);
  ASSERT_FALSE(refused);
  ASSERT_TRUE(std::holds_alternative<Stale>(refused.error()));
  EXPECT_EQ(std::get<Stale>(refused.error()).current, 4U);
  EXPECT_THAT(fallen_due(id), ElementsAre(1, 2, 24));
  EXPECT_TRUE(note(id, 4));
  EXPECT_THAT(
      store().timer(id).value(),
      Optional(next_due(case_state_from_text(store().head(id).value()->state).value()).value()));
}

// The claim of a process that was killed before it did anything; the row stays, and is due.
TEST_P(TimerFiringOn, SeesToWhatAnotherClaimedAndLeft) {
  const CaseId id = filed();
  clock_.advance(kHour);
  ASSERT_THAT(
      store().claim_timers({clock_.now(), "gone", std::chrono::milliseconds(1), 50}).value(),
      SizeIs(1));
  while (fallen_due(id).empty()) ASSERT_TRUE(process_.run_once());
  EXPECT_THAT(fallen_due(id), ElementsAre(1));
}

TEST_P(TimerFiringOn, MendsARowThatSaysWhatTheCaseDoesNot) {
  const CaseId id = filed();
  const auto right = store().timer(id).value();
  ASSERT_TRUE(store().mend_timer(id, 1, {clock_.now()}));
  const auto wrong = process_.cases().verify(id);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().kind, ErrorKind::kCorrupt);
  ASSERT_TRUE(process_.run_once());
  EXPECT_EQ(store().timer(id).value(), right);
  EXPECT_THAT(fallen_due(id), IsEmpty());
}

// All rows can be lost: what the cases say gives the same ones.
TEST_P(TimerFiringOn, MakesLostRowsAnew) {
  std::vector<CaseId> ids;
  std::vector<std::optional<Instant>> rows;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(filed("file " + std::to_string(i)));
    rows.push_back(store().timer(ids.back()).value());
    clock_.advance(kHour / 3);
    ASSERT_TRUE(store().mend_timer(ids.back(), 1, {}));
    EXPECT_FALSE(process_.cases().verify(ids.back()));
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    EXPECT_EQ(process_.cases().mend_timer(ids[i]).value(), true);
    EXPECT_EQ(process_.cases().mend_timer(ids[i]).value(), false);
    EXPECT_EQ(store().timer(ids[i]).value(), rows[i]);
    EXPECT_TRUE(process_.cases().verify(ids[i]));
  }
}

TEST_P(TimerFiringOn, FiresEachOnceWhereProcessesRunSideBySide) {
  constexpr int kCases = 150;  // more than one process claims at once
  std::vector<CaseId> ids;
  for (int i = 0; i < kCases; ++i) ids.push_back(filed("file " + std::to_string(i)));
  clock_.advance(30 * kHour);
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([this] {
      Process process = new_process();
      for (;;) {
        const auto next = process.run_once();
        ASSERT_TRUE(next) << next.error().message.en;
        if (*next > clock_.now()) return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const CaseId& id : ids) {
    EXPECT_THAT(fallen_due(id), ElementsAre(1, 2, 24));
    EXPECT_TRUE(process_.cases().verify(id));
  }
}

// The claims of all processes lost: they see to the same cases at the same moment.
TEST_P(TimerFiringOn, HappensOnceWhereManySeeToOneCase) {
  for (int round = 0; round < 20; ++round) {
    const CaseId id = filed("file " + std::to_string(round));
    clock_.advance(3 * kHour);
    std::array<std::size_t, 3> made{};
    std::vector<std::thread> threads;
    for (std::size_t& events : made) {
      threads.emplace_back([&] {
        const auto fallen = process_.cases().fall_due(id);
        ASSERT_TRUE(fallen);
        events = fallen->events;
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(made[0] + made[1] + made[2], 2U);
    EXPECT_THAT(fallen_due(id), ElementsAre(1, 2));
  }
}

}  // namespace
}  // namespace mingjian::testing
