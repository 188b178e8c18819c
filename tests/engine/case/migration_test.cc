#include <gtest/gtest.h>

#include "engine/case/decide_migration.h"
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

const Definition& same() {
  static const Definition kSame = next_version([](OrderedJson&) {});
  return kSame;
}

const CaseMigrated& migrated(const Decided& decided) {
  return std::get<CaseMigrated>(decided.value().front().body);
}

TEST(Migration, MovesACaseWithoutAnyOtherChangeWhereTheVersionsAreAlike) {
  SmallOffice office(first_version());
  investigate(office);
  const auto before = office.stands();
  const auto moved = office.migrate(same());
  ASSERT_TRUE(moved) << text_of(moved.error());
  EXPECT_EQ(office.stands(), before);
  EXPECT_EQ(office.state().definition.version, 2);
  EXPECT_EQ(migrated(moved).from.version, 1);
  EXPECT_EQ(migrated(moved).to.digest, same().digest());
  EXPECT_TRUE(migrated(moved).step.left.empty());
  EXPECT_TRUE(migrated(moved).step.entered.empty());
  EXPECT_EQ(migrated(moved).step.stages, (std::vector<std::string>{"lead.investigation"}));
  EXPECT_EQ(definition_at(office.state(), office.state().version - 1).version, 1);
  EXPECT_EQ(definition_at(office.state(), office.state().version).version, 2);
}

TEST(Migration, GivesItsEventOneFormForEver) {
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  const Definition next = next_version([](OrderedJson& d) {
    at(d, "/states/review/on/drop/approval/steps").push_back(approval_step("main_head"));
    at(d, "/states/review/time_limit/amount") = 4;
    d["context"]["amount"] = 0;
  });
  const auto moved = office.migrate(next);
  ASSERT_TRUE(moved) << text_of(moved.error());
  Json json = to_json(moved->front());
  json["from"].erase("digest");
  json["to"].erase("digest");
  EXPECT_EQ(json, Json::parse(R"({
    "type": "case_migrated", "v": 1, "version": 4, "actor": "main", "roles": ["main_head"],
    "recorded_at": "2027-01-15T08:00:00.000000Z", "occurred_at": "2027-01-15T08:00:00.000000Z",
    "from": {"id": "lead", "version": 1}, "to": {"id": "lead", "version": 2},
    "states": {}, "carry": {"signatures": "keep_where_same", "time": "continue"}, "reason": "x",
    "step": {"taken": [], "sources": [], "left": [], "entered": [], "stages": ["lead.review"],
             "data": {"set": {"amount": 0}}, "chart": {}, "effects": [], "closed": false},
    "requests": [{"request": "id-1", "fate": "returned", "task": "id-3", "source": "lead.review",
                  "transitions": ["/states/review/on/drop"],
                  "reason": {"zh": "审批步骤不同：原为承办部门负责人，现为承办部门负责人、主要负责人",
                             "en": "the approval differs: it was department head, it is now department head, main head"}}],
    "timers": [],
    "limits": [{"stage": "lead.review", "before": {"amount": 3, "unit": "month"},
                "after": {"amount": 4, "unit": "month"}}]})"))
      << json.dump(1);
}

// Who may, and what must be right about the order.
TEST(Migration, IsRefusedWithEverythingThatStandsInTheWay) {
  SmallOffice office(first_version());
  const auto refused = office.rehearse("inspector", MigrateCase{7, {}, {}, " "}, nullptr);
  ASSERT_FALSE(refused);
  const std::string why = text_of(refused.error());
  EXPECT_NE(why.find("role  the main head decides"), std::string::npos) << why;
  EXPECT_NE(why.find("form /reason must not be empty"), std::string::npos) << why;
  EXPECT_NE(why.find("form /version the definition has no such version"), std::string::npos) << why;
  EXPECT_EQ(refused.error().size(), 3U) << why;
}

struct Refusal {
  const char* name;
  std::function<void(OrderedJson&)> edit;  // of version 2
  StateMapping states;
  const char* because;
};

class RefusedMigration : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusedMigration, SaysWhyAndChangesNothing) {
  const Refusal& row = GetParam();
  SmallOffice office(first_version());
  investigate(office);
  ASSERT_TRUE(office.fire("inspector", "suspend"));
  ASSERT_TRUE(office.fire("inspector", "resume"));  // so that there is a history to carry
  const std::string before = serialize(office.state());
  const Definition next = next_version(row.edit);
  const auto refused = office.migrate(next, row.states);
  ASSERT_FALSE(refused);
  EXPECT_NE(text_of(refused.error()).find(row.because), std::string::npos)
      << text_of(refused.error());
  EXPECT_EQ(serialize(office.state()), before);
}

const std::vector<Refusal>& refusals() {
  static const char* const kEvidence = "/states/investigation/states/evidence";
  static const std::vector<Refusal> kRefusals = {
      {"StateWithoutCounterpart",
       [](OrderedJson& d) {
         rename_state(at(d, kEvidence)["states"], "collecting", "gathering");
         at(d, kEvidence)["initial"] = "gathering";
       },
       {},
       "state  the new version has no state for \"collecting\" "
       "(lead.investigation.evidence.collecting)"},
      {"MappingNamesNoState",
       [](OrderedJson&) {},
       {{"lead.nowhere", "lead.trial"}},
       "form /states/lead.nowhere the present version has no state lead.nowhere"},
      {"MappingLeadsNowhere",
       [](OrderedJson&) {},
       {{"lead.intake", "lead.nowhere"}},
       "form /states/lead.intake the new version has no state lead.nowhere"},
      {"PlacesThatExcludeEachOther",
       [](OrderedJson&) {},
       {{"lead.investigation.evidence.collecting", "lead.review"}},
       "state  the states it would stand in cannot be active together"},
      {"HistoryWithoutCounterpart",
       [](OrderedJson& d) {
         at(d, "/states/investigation/states").erase("resumption");
         at(d, "/states/suspension/on/resume/target") = "investigation";
       },
       {},
       "(lead.investigation.resumption)"},
      {"ForgetsWhoActed",
       [](OrderedJson& d) {
         rename_state(d["states"], "intake", "receipt");
         d["initial"] = "receipt";
       },
       {},
       "separation  the new version has no state for lead.intake"},
      {"LacksALaterStage",
       [](OrderedJson& d) {
         at(d, "/states/investigation/on/finish/target") = "closed";
         d["states"].erase("trial");
       },
       {},
       "state  the later stage \"trial\" would no longer lie ahead"},
      {"PassesOverALaterStage",
       [](OrderedJson& d) { at(d, "/states/investigation/on/finish/target") = "closed"; },
       {},
       "state  the later stage \"trial\" would no longer lie ahead"},
      {"NoWayToTheEnd",
       [](OrderedJson& d) { at(d, "/states/trial/on/decide/target") = "trial"; },
       {},
       "no way leads from where the case would stand to its end"},
      {"DataDoNotFit",
       [](OrderedJson& d) { at(d, "/data/properties/facts/minLength") = 2; },
       {},
       "form /data/facts"},
  };
  return kRefusals;
}

INSTANTIATE_TEST_SUITE_P(Table, RefusedMigration, ::testing::ValuesIn(refusals()),
                         [](const auto& row) { return row.param.name; });

TEST(Migration, DoesNotCloseACase) {
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  const auto refused = office.migrate(same(), {{"lead.review", "lead.closed"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(text_of(refused.error()), "state  a migration cannot close a case\n");
}

TEST(Migration, FollowsRenamedStatesInEverythingThatTheCaseRemembers) {
  const Definition next = next_version([](OrderedJson& d) {
    rename_state(d["states"], "investigation", "inquiry");
    auto& inquiry = at(d, "/states/inquiry");
    inquiry["on"]["finish"]["guard"] = {{"in_state", "lead.inquiry.evidence.collected"}};
    at(d, "/states/suspension/on/resume/target") = "inquiry.resumption";
    at(d, "/states/review/on/investigate/target") = "inquiry";
    at(d, "/states/trial/on/decide/not_same_as") = {"lead.inquiry"};
  });
  StateMapping names;
  for (const char* state : {"", ".evidence", ".evidence.collecting", ".evidence.collected",
                            ".statement", ".statement.taking", ".statement.taken", ".resumption"}) {
    names[std::string("lead.investigation") + state] = std::string("lead.inquiry") + state;
  }
  SmallOffice office(first_version());
  investigate(office);
  ASSERT_TRUE(office.fire("inspector", "collect"));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.fire("inspector", "suspend"));
  const auto moved = office.migrate(next, names);
  ASSERT_TRUE(moved) << text_of(moved.error());
  EXPECT_EQ(office.state().acted.at("lead.inquiry.evidence.collecting"),
            std::vector{PersonId("inspector")});
  EXPECT_FALSE(office.state().acted.contains("lead.investigation"));
  ASSERT_TRUE(office.fire("inspector", "resume"));
  EXPECT_EQ(office.stands(), (std::vector<std::string>{"lead.inquiry.evidence.collected",
                                                       "lead.inquiry.statement.taking"}));
}

TEST(Migration, BeginsARegionThatIsNew) {
  const Definition next = next_version([](OrderedJson& d) {
    at(d, "/states/investigation/states/property") = {
        {"initial", "listing"}, {"states", {{"listing", OrderedJson::object()}}}};
  });
  SmallOffice office(first_version());
  investigate(office);
  const auto moved = office.migrate(next);
  ASSERT_TRUE(moved) << text_of(moved.error());
  EXPECT_EQ(office.stands().size(), 3U);
  EXPECT_EQ(migrated(moved).step.entered,
            (std::vector<std::string>{"lead.investigation.property",
                                      "lead.investigation.property.listing"}));
}

TEST(Migration, TakesTheWayThatTheNewVersionOpensByItself) {
  const Definition next = next_version([](OrderedJson& d) {
    d["states"]["review"]["always"] = {{"target", "trial"}};
  });
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  const auto refused = office.migrate(next);
  // It would pass over the investigation.
  ASSERT_FALSE(refused);
  EXPECT_NE(text_of(refused.error()).find("\"investigation\""), std::string::npos);
}

struct Carrying {
  const char* name;
  std::function<void(OrderedJson&)> edit;
  CarryRules carry;
  RequestFate fate;
  const char* because;
};

class CarriedRequest : public ::testing::TestWithParam<Carrying> {};

// A request for the two signatures of "investigate", of which one is given.
TEST_P(CarriedRequest, GoesOnOrBackOrEndsByRule) {
  const Carrying& row = GetParam();
  SmallOffice office(first_version());
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "investigate"));
  ASSERT_TRUE(office.sign("head"));
  const std::vector<TaskId> turn = testing::tasks_of(office.state().requests.front());
  const Definition next = next_version(row.edit);
  const auto moved = office.migrate(next, {}, row.carry);
  ASSERT_TRUE(moved) << text_of(moved.error());
  const RequestOutcome& outcome = migrated(moved).requests.front();
  EXPECT_EQ(outcome.fate, row.fate) << outcome.reason.en;
  EXPECT_NE(outcome.reason.en.find(row.because), std::string::npos) << outcome.reason.en;
  if (row.fate == RequestFate::kEnded) {
    EXPECT_TRUE(office.state().requests.empty());
    return;
  }
  const Request& request = office.state().requests.front();
  EXPECT_EQ(request.returned, row.fate == RequestFate::kReturned);
  EXPECT_EQ(request.steps.front().signers.front().signed_by, PersonId("head"));
  if (row.fate == RequestFate::kReturned) {
    EXPECT_NE(testing::tasks_of(request), turn);
    if (!office.fire("inspector", "investigate")) return;
    for (const Request& open : office.state().requests) EXPECT_FALSE(open.returned);
    return;
  }
  EXPECT_EQ(testing::tasks_of(request), turn);
  const auto again = office.sign("head");
  ASSERT_FALSE(again) << "he signed before the case moved";
  ASSERT_TRUE(office.sign("main"));
  EXPECT_EQ(office.state().stages, (std::vector<std::string>{"lead.investigation"}));
}

const std::vector<Carrying>& carryings() {
  static const char* const kStep = "/states/review/on/investigate";
  using enum RequestFate;
  static const std::vector<Carrying> kCarryings = {
      {"SameSteps",
       [](OrderedJson& d) { at(d, kStep)["title"]["zh"] = "予以立案"; },
       {},
       kCarried,
       ""},
      {"MovedInTheFile",
       [](OrderedJson& d) {
         OrderedJson only = at(d, kStep);
         at(d, kStep) = OrderedJson::array({std::move(only)});
       },
       {},
       kCarried,
       ""},
      {"AskedAgainByRule",
       [](OrderedJson&) {},
       {SignatureRule::kAskAgain, {}},
       kReturned,
       "asked anew"},
      {"FewerSteps",
       [](OrderedJson& d) { at(d, kStep)["approval"]["steps"].erase(0); },
       {},
       kReturned,
       "the approval differs"},
      {"NoApproval",
       [](OrderedJson& d) { at(d, kStep).erase("approval"); },
       {},
       kReturned,
       "it is now nobody"},
      {"OtherRole",
       [](OrderedJson& d) { at(d, kStep)["approval"]["steps"][1]["by"][0] = "party_committee"; },
       {},
       kReturned,
       "the approval differs"},
      {"EitherInPlaceOfOne",
       [](OrderedJson& d) {
         at(d, kStep)["approval"]["steps"][0]["by"].push_back("deputy_in_charge");
       },
       {},
       kReturned,
       "it is now department head or deputy in charge, main head"},
      {"ConditionDoesNotHold",
       [](OrderedJson& d) {
         at(d, kStep)["guard"] = {{"==", {{{"var", "context.amount"}}, 1}}};
       },
       {},
       kReturned,
       "a condition does not hold"},
      {"NotForTheRequesterAnyMore",
       [](OrderedJson& d) { at(d, kStep)["by"] = {"case_supervision"}; },
       {},
       kReturned,
       "this step is for"},
      {"StepIsGone",
       [](OrderedJson& d) {
         at(d, "/states/review/on")["begin"] = at(d, kStep);
         at(d, "/states/review/on").erase("investigate");
       },
       {},
       kEnded,
       "the new version has no step"},
  };
  return kCarryings;
}

INSTANTIATE_TEST_SUITE_P(Table, CarriedRequest, ::testing::ValuesIn(carryings()),
                         [](const auto& row) { return row.param.name; });

struct TimerCase {
  const char* name;
  const char* delay;  // in version 2; version 1 has P10D
  TimeRule rule;
  TimerFate fate;
  std::int64_t days_left;  // of 10, after 4
};

class CarriedTimer : public ::testing::TestWithParam<TimerCase> {};

TEST_P(CarriedTimer, IsDueByTheRule) {
  const auto with_delay = [](int version, const char* delay) {
    OrderedJson json = small_definition();
    json["version"] = version;
    json["states"]["intake"]["after"] = {{delay, {{"target", "review"}}}};
    return load(json);
  };
  const TimerCase& row = GetParam();
  const Definition before = with_delay(1, "P10D");
  const Definition after = with_delay(2, row.delay);
  SmallOffice office(before);
  office.pass(4 * 24);
  const auto moved = office.migrate(after, {}, {SignatureRule::kKeepWhereSame, row.rule});
  ASSERT_TRUE(moved) << text_of(moved.error());
  const auto& timers = migrated(moved).timers;
  ASSERT_FALSE(timers.empty());
  EXPECT_EQ(timers.front().fate, row.fate);
  const std::int64_t now_ms = office.now().microseconds / 1000;
  EXPECT_EQ(timers.front().due_ms - now_ms, row.days_left * 24 * 3'600'000);
  EXPECT_EQ(office.state().chart["timers"][0]["due_ms"], timers.front().due_ms);
  // What no longer runs is told as well.
  EXPECT_EQ(timers.size(), std::string(row.delay) == "P10D" ? 1U : 2U);
  EXPECT_EQ(timers.back().fate, timers.size() == 1 ? row.fate : TimerFate::kEnded);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CarriedTimer,
    ::testing::Values(TimerCase{"Kept", "P10D", TimeRule::kContinue, TimerFate::kKept, 6},
                      TimerCase{"Longer", "P12D", TimeRule::kContinue, TimerFate::kMoved, 8},
                      TimerCase{"Passed", "P3D", TimeRule::kContinue, TimerFate::kMoved, -1},
                      TimerCase{"Restarted", "P10D", TimeRule::kRestart, TimerFate::kStarted, 10}),
    [](const auto& row) { return row.param.name; });

TEST(MigrationOrder, IsReadWithThePlaceOfEachFault) {
  const auto pointer = [](const char* text) {
    const auto read = migrate_case_from_json(Json::parse(text));
    return read ? std::string("read") : read.error().pointer;
  };
  EXPECT_EQ(pointer(R"({"version": 2, "states": {"a": "b"}, "reason": "x",
                        "carry": {"signatures": "ask_again", "time": "restart"}})"),
            "read");
  EXPECT_EQ(pointer(R"([])"), "");
  EXPECT_EQ(pointer(R"({"version": "2"})"), "/version");
  EXPECT_EQ(pointer(R"({"version": 2, "states": []})"), "/states");
  EXPECT_EQ(pointer(R"({"version": 2, "states": {"a": 1}})"), "/states/a");
  EXPECT_EQ(pointer(R"({"version": 2, "carry": {"time": "stop"}})"), "/carry/time");
  EXPECT_EQ(pointer(R"({"version": 2, "carry": {"votes": 1}})"), "/carry/votes");
  EXPECT_EQ(pointer(R"({"version": 2, "reason": 1})"), "/reason");
  EXPECT_EQ(pointer(R"({"version": 2, "cases": []})"), "/cases");
}

}  // namespace
}  // namespace mingjian
