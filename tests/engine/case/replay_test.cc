#include "engine/case/replay.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/support/small_office.h"

namespace mingjian {
namespace {

using testing::approval_step;
using testing::at;
using testing::first_version;
using testing::investigate;
using testing::load;
using testing::next_version;
using testing::rename_state;
using testing::small_definition;
using testing::SmallOffice;
using testing::text_of;

Replay replay(const SmallOffice& office, const Definition& next, StateMapping names = {}) {
  Replayer replayer(office.definition(), next, std::move(names));
  for (const Event& event : office.events()) replayer.take(event);
  return replayer.finish(office.now());
}

// A case in the middle of its investigation, with a request open.
void half_way(SmallOffice& office) {
  investigate(office);
  ASSERT_TRUE(office.fire("inspector", "collect"));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.fire("inspector", "take"));
}

TEST(Replay, FindsNothingWhereTheProcedureIsTheSame) {
  SmallOffice office(first_version());
  half_way(office);
  const Replay found = replay(office, next_version([](OrderedJson&) {}));
  EXPECT_FALSE(found.affected());
  EXPECT_EQ(found.steps, 3U);
  EXPECT_EQ(found.stands, office.stands());
}

// What one change of the definition does to that case.
struct Row {
  const char* name;
  std::function<void(OrderedJson&)> edit;
  Version diverges_at;  // 0: never
  StepFate fate;        // of the step there
  const char* because;  // part of its obstacles, or of why it is stuck
  bool other_approver;
};

class ReplayUnder : public ::testing::TestWithParam<Row> {};

TEST_P(ReplayUnder, TellsWhatWouldHaveGoneOtherwise) {
  const Row& row = GetParam();
  SmallOffice office(first_version());
  half_way(office);
  const Replay found = replay(office, next_version(row.edit));
  EXPECT_TRUE(found.affected());
  EXPECT_EQ(found.diverges_at.value_or(0), row.diverges_at);
  std::string because = found.stuck ? found.stuck->en : "";
  for (const auto& steps : {found.changed, found.pending}) {
    if (steps.empty()) continue;
    EXPECT_EQ(name_of(steps.front().fate), name_of(row.fate));
    because += text_of(steps.front().obstacles);
  }
  EXPECT_NE(because.find(row.because), std::string::npos) << because;
  EXPECT_EQ(found.needs_other_approver(), row.other_approver);
}

const std::vector<Row>& rows() {
  static const char* const kCollecting = "/states/investigation/states/evidence/states/collecting";
  static const char* const kTaking = "/states/investigation/states/statement/states/taking";
  static const std::vector<Row> kRows = {
      {"FilingAsksMore", [](OrderedJson& d) { at(d, "/filing/form/required").push_back("amount"); },
       1, StepFate::kRefused, "required and missing: 'amount'", false},
      {"StepForOthers",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/by") = {"case_supervision"}; }, 2,
       StepFate::kRefused, "role", false},
      {"StepRenamed",
       [](OrderedJson& d) {
         auto& on = at(d, "/states/intake/on");
         on["take_in"] = on["accept"];
         on.erase("accept");
       },
       2, StepFate::kLost, "state  there is no step \"accept\"", false},
      {"FormAsksMore",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/form/required").push_back("opinion"); },
       2, StepFate::kRefused, "required and missing: 'opinion'", false},
      {"GuardDoesNotHold",
       [](OrderedJson& d) {
         at(d, "/states/review/on/investigate/guard") = {{"==", {{{"var", "context.amount"}}, 1}}};
       },
       6, StepFate::kLost, "guard", false},
      {"MaterialMissing",
       [](OrderedJson& d) { at(d, "/states/review/on/investigate/materials") = {"record"}; }, 6,
       StepFate::kRefused, "material", false},
      {"AnotherSigner",
       [](OrderedJson& d) {
         at(d, "/states/review/on/investigate/approval/steps")
             .push_back(approval_step("party_committee"));
       },
       6, StepFate::kRefused, "approval  this also needs approval by", true},
      {"SignersInAnotherOrder",
       [](OrderedJson& d) {
         auto& steps = at(d, "/states/review/on/investigate/approval/steps");
         std::swap(steps[0], steps[1]);
       },
       6, StepFate::kRefused, "approval", true},
      {"SeparationFromAnEarlierStep",
       [](OrderedJson& d) { at(d, kCollecting)["on"]["collect"]["not_same_as"] = {"lead.review"}; },
       9, StepFate::kRefused, "separation", false},
      {"OpenRequestNeedsAnotherSigner",
       [](OrderedJson& d) {
         at(d, kTaking)["on"]["take"]["approval"]["steps"][0]["by"] = {"main_head"};
       },
       0, StepFate::kRefused, "approval", true},
      {"OpenRequestIsGone",
       [](OrderedJson& d) {
         auto& on = at(d, kTaking)["on"];
         on["hear"] = on["take"];
         on.erase("take");
       },
       0, StepFate::kLost, "there is no step \"take\"", false},
      {"LeadsElsewhere",
       [](OrderedJson& d) { at(d, "/states/intake/on/accept/target") = "suspension"; }, 2,
       StepFate::kLost, "there is no step \"investigate\"", false},
      {"NoWayToTheEnd", [](OrderedJson& d) { at(d, "/states/trial/on/decide/target") = "trial"; },
       0, StepFate::kKept, "no way leads from there to the end", false},
      {"NoConditionHolds",
       [](OrderedJson& d) {
         const OrderedJson never = {{"==", {1, 2}}};
         at(d, kTaking)["on"]["take"]["guard"] = never;
         at(d, "/states/investigation/on/suspend/guard") = never;
       },
       0, StepFate::kLost, "no step has its condition met", false},
  };
  return kRows;
}

INSTANTIATE_TEST_SUITE_P(Table, ReplayUnder, ::testing::ValuesIn(rows()),
                         [](const auto& row) { return row.param.name; });

// Two sign beside each other, the second first; one takes his signature back and signs again.
TEST(Replay, CountsTheSignaturesThatStoodInTheEnd) {
  const auto version = [](int number, const OrderedJson& steps) {
    OrderedJson json = small_definition();
    json["version"] = number;
    at(json, "/states/review/on/drop/approval/steps") = steps;
    return load(json);
  };
  OrderedJson both = approval_step("department_head");
  both["signing"] = "all";
  both["by"].push_back("deputy_in_charge");
  const Definition first = version(1, OrderedJson::array({both}));
  SmallOffice office(first);
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  const auto tasks = testing::tasks_of(office.state().requests.front());
  ASSERT_TRUE(office.act("deputy", DecideRequest{tasks[1], Decision::kApprove, "x"}));
  const RequestId request = office.state().requests.front().id;
  ASSERT_TRUE(office.act("deputy", TakeBackSignature{request, "x"}));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.sign("deputy"));
  ASSERT_TRUE(office.state().closed);

  std::swap(both["by"][0], both["by"][1]);
  EXPECT_FALSE(replay(office, version(2, OrderedJson::array({both}))).affected())
      << "the order is free";
  const OrderedJson head = approval_step("department_head");
  const OrderedJson deputy = approval_step("deputy_in_charge");
  EXPECT_FALSE(replay(office, version(2, OrderedJson::array({deputy, head}))).affected());
  EXPECT_FALSE(replay(office, version(2, OrderedJson::array({head, deputy}))).affected());
  // Nobody signed twice.
  EXPECT_TRUE(replay(office, version(2, OrderedJson::array({deputy, head, deputy})))
                  .needs_other_approver());
}

TEST(Replay, GoesOnAfterARefusedStepAndStopsAtALostOne) {
  SmallOffice office(first_version());
  half_way(office);
  const Replay refused = replay(office, next_version([](OrderedJson& d) {
                                  at(d, "/states/intake/on/accept/by") = {"case_supervision"};
                                }));
  EXPECT_EQ(refused.changed.size(), 1U);
  EXPECT_FALSE(refused.loses_step());
  EXPECT_EQ(refused.stands, office.stands());
  const Replay lost = replay(
      office, next_version([](OrderedJson& d) {
        at(d, "/states/intake/on").erase("accept");
        d["states"]["intake"]["on"]["open"] = {
            {"title", {{"zh", "x"}, {"en", "x"}}}, {"by", {"inspector"}}, {"target", "review"}};
      }));
  EXPECT_EQ(lost.changed.size(), 3U);
  EXPECT_TRUE(lost.loses_step());
  EXPECT_EQ(lost.stands, (std::vector<std::string>{"lead.intake"}));
}

TEST(Replay, KnowsARenamedStateByTheMapping) {
  const Definition next = next_version([](OrderedJson& d) {
    rename_state(d["states"], "review", "examination");
    at(d, "/states/intake/on/accept/target") = "examination";
  });
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  EXPECT_TRUE(replay(office, next).affected());
  EXPECT_FALSE(replay(office, next, {{"lead.review", "lead.examination"}}).affected());
}

TEST(Replay, AppliesAmendmentsToWhatTheNewVersionAsks) {
  const Definition next = next_version([](OrderedJson& d) {
    at(d, "/states/review/on/investigate/guard") = {{"==", {{{"var", "context.amount"}}, 7}}};
  });
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.act("inspector", AmendData{{{"amount", 7}}, "x"}));
  ASSERT_TRUE(office.fire("inspector", "investigate"));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.sign("main"));
  EXPECT_FALSE(replay(office, next).affected());
}

TEST(Replay, FollowsACaseThatMovedBefore) {
  const Definition second = next_version([](OrderedJson&) {});
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.migrate(second));
  const Definition third = next_version([](OrderedJson& d) { d["version"] = 3; });
  EXPECT_FALSE(replay(office, third).affected());
}

struct LimitRow {
  const char* name;
  int amount;
  const char* unit;
  std::int64_t days;  // spent in the stage, whose limit was 30 days
  bool overdue;
  bool certain;
};

class ReplayedLimit : public ::testing::TestWithParam<LimitRow> {};

TEST_P(ReplayedLimit, IsComparedExactlyInDaysAndElseLeftToTheCalendar) {
  const LimitRow& row = GetParam();
  const auto with_limit = [](int version, int amount, const char* unit) {
    OrderedJson json = small_definition();
    json["version"] = version;
    at(json, "/states/intake/time_limit/amount") = amount;
    at(json, "/states/intake/time_limit/unit") = unit;
    return load(json);
  };
  const Definition before = with_limit(1, 30, "day");
  const Definition after = with_limit(2, row.amount, row.unit);
  SmallOffice office(before);
  office.pass(row.days * 24 + 1);
  const Replay found = replay(office, after);
  ASSERT_EQ(found.overdue.size(), row.overdue ? 1U : 0U);
  EXPECT_EQ(found.affected(), row.overdue);
  if (!row.overdue) return;
  EXPECT_EQ(found.overdue.front().stage, "lead.intake");
  EXPECT_EQ(found.overdue.front().hours, row.days * 24 + 1);
  EXPECT_EQ(found.overdue.front().certain, row.certain);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReplayedLimit,
    ::testing::Values(LimitRow{"ShorterAndPassed", 10, "day", 20, true, true},
                      LimitRow{"ShorterNotPassed", 10, "day", 9, false, true},
                      LimitRow{"TheSame", 30, "day", 40, false, true},
                      LimitRow{"PassedBefore", 10, "day", 40, false, true},
                      LimitRow{"InHours", 48, "hour", 3, true, true},
                      LimitRow{"WorkingDaysThatMayBePassed", 10, "working_day", 12, true, false},
                      LimitRow{"WorkingDaysThatCannotBe", 10, "working_day", 9, false, false},
                      LimitRow{"AMonthThatMayBePassed", 1, "month", 29, true, false},
                      LimitRow{"AYear", 1, "year", 29, false, false}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace mingjian
