#include "api/http/handlers/history_view.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "adapters/memory/memory_directory.h"
#include "api/http/handlers/views.h"
#include "engine/access/role.h"
#include "tests/support/shipped.h"
#include "tests/support/timed_definition.h"

namespace mingjian::http {
namespace {

class HistoryViewTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(directory_.put_office({{},
                                       {{PersonId("chen-gang"), {"陈刚", "Chen Gang"}, {}, true},
                                        {PersonId("lin-wei"), {"林薇", "Lin Wei"}, {}, true}}}));
  }

  static const Definition& definition() {
    for (const Definition& each : testing::shipped_definitions()) {
      if (each.id() == "accountability") return each;
    }
    throw std::logic_error("there is no accountability definition");
  }

  // The act of the department head, as it is told.
  Json tell(EventBody body) {
    const Event event{2, {}, {}, PersonId("chen-gang"), {role::kDepartmentHead}, std::move(body)};
    const EventRecord record{CaseId("c"), event.version, type_of(event),       {},
                             {},          event.actor,   to_json(event).dump()};
    return view_.tell(record, &definition()).value();
  }
  std::string sentence(EventBody body) { return tell(std::move(body))["summary"]["zh"]; }

  MemoryDirectory directory_;
  Names names_{directory_};
  HistoryView view_{testing::shipped_register().rules, names_};
};

TEST_F(HistoryViewTest, TellsEachActInASentence) {
  EXPECT_EQ(sentence(MemberAssigned{PersonId("lin-wei"), role::kInspector}),
            "陈刚（承办部门负责人）指派林薇为承办人");
  EXPECT_EQ(sentence(MaterialAttached{MaterialId("m"), {"report", "举报信", "", 1, "text/plain"}}),
            "陈刚（承办部门负责人）附上材料“举报信”（举报或者移送材料）");
  EXPECT_EQ(sentence(NoteAdded{"已电话核实"}), "陈刚（承办部门负责人）记事：已电话核实");
  EXPECT_EQ(sentence(CaseLinked{CaseId("01a2"), "LK-STYLE-ACC"}),
            "陈刚（承办部门负责人）关联案件 01a2（LK-STYLE-ACC）");
  DataAmended amended{{}, "笔误"};
  amended.data.set = {{"received_on", "2026-03-02"}};
  EXPECT_EQ(sentence(amended), "陈刚（承办部门负责人）更正收到日期：笔误");
}

TEST_F(HistoryViewTest, TellsADecisionWithWhatWasAskedForAndItsRules) {
  ApprovalRequested asked;
  asked.request = RequestId("r");
  asked.title = {"直接了结", "close directly"};
  asked.steps = {{{"分管负责人审批", "approval by the deputy in charge"},
                  Signing::kAny,
                  {{role::kDeputyInCharge, {}, {}, {}, {}}},
                  {RuleId("R-CLU-026")}}};
  EXPECT_EQ(sentence(asked), "陈刚（承办部门负责人）就“直接了结”提请审批：分管负责人审批");
  const Json decided =
      tell(ApprovalDecided{RequestId("r"), TaskId("t"), 0, Decision::kReturn, "请补充", {}, {}});
  EXPECT_EQ(decided["summary"]["zh"], "陈刚（承办部门负责人）退回补正“直接了结”：请补充");
  EXPECT_EQ(decided["summary"]["en"],
            "Chen Gang (department head) returned \"close directly\": 请补充");
  EXPECT_EQ(decided["rules"][0]["id"], "R-CLU-026");
}

TEST_F(HistoryViewTest, TellsWhatIsDoneWithARequestBesideDecidingIt) {
  ApprovalRequested asked;
  asked.request = RequestId("r");
  asked.title = {"直接了结", "close directly"};
  asked.steps = {{{"会签", "both sign"}, Signing::kAll, {}, {}}};
  const Json shown = tell(asked);
  EXPECT_EQ(shown["steps"][0]["signing"], "all");
  const RequestId request("r");
  ApprovalDecided back{request, TaskId("t"), 1, Decision::kReturn, "请说明", {}, 0};
  EXPECT_EQ(tell(back)["summary"]["zh"], "陈刚（承办部门负责人）将“直接了结”退回“会签”：请说明");
  EXPECT_EQ(tell(back)["summary"]["en"],
            "Chen Gang (department head) returned \"close directly\" to \"both sign\": 请说明");
  const TaskHandedOver over{request, TaskId("t"), PersonId("lin-wei"), TaskId("u"), "出差"};
  EXPECT_EQ(tell(over)["summary"]["zh"], "陈刚（承办部门负责人）将“直接了结”转给林薇签批：出差");
  EXPECT_EQ(tell(over)["person"]["id"], "lin-wei");
  const SignatureTakenBack taken{request, 0, {TaskId("u")}, "看错了"};
  EXPECT_EQ(tell(taken)["summary"]["en"],
            "Chen Gang (department head) took back the signature on \"close directly\": 看错了");
  EXPECT_EQ(sentence(RequestWithdrawn{request, "情况有变"}),
            "陈刚（承办部门负责人）撤回请示“直接了结”：情况有变");
  EXPECT_EQ(sentence(RequestUrged{request, ""}), "陈刚（承办部门负责人）催办“直接了结”");
}

TEST_F(HistoryViewTest, ShowsThePartsOfAStageThatWereLeftAndEnteredForGood) {
  const std::string stage = "accountability.collective_decision";
  const std::string asked = stage + ".consultation";
  TransitionFired fired;
  fired.step.left = {asked + ".subject_committee.asked", asked + ".subject_committee.answered",
                     asked + ".subject_committee", asked};
  fired.step.entered = {asked + ".subject_committee.answered", stage + ".deliberation"};
  const Json act = tell(fired);
  ASSERT_EQ(act["left"].size(), 1U) << act["left"];
  EXPECT_EQ(act["left"][0]["title"]["zh"], "征求意见");
  ASSERT_EQ(act["entered"].size(), 1U) << act["entered"];
  EXPECT_EQ(act["entered"][0]["title"]["zh"], "集体研究");
}

TEST_F(HistoryViewTest, TellsWhatHappenedByItself) {
  const auto tell_timer = [&](TimerFired fired) {
    const Event event{2, {5'000'000}, {1'000'000}, kSystem, {}, std::move(fired)};
    const EventRecord record{CaseId("c"), 2,       type_of(event),       {},
                             {},          kSystem, to_json(event).dump()};
    return view_.tell(record, &testing::first_timed_version()).value();
  };
  TimerFired overdue{"letter.waiting", "P1D", {}, {}, {}};
  overdue.step.taken = {"/states/waiting/after/P1D"};
  overdue.step.left = {"letter.waiting"};
  overdue.step.entered = {"letter.overdue"};
  const Json act = tell_timer(overdue);
  EXPECT_EQ(act["summary"]["zh"], "“逾期”到期，自动生效：等候答复 → 逾期未复");
  EXPECT_EQ(act["summary"]["en"],
            "\"overdue\" fell due and took effect by itself: waiting → overdue");
  EXPECT_EQ(act["actor"]["name"]["zh"], "系统");
  EXPECT_EQ(act["occurred_at"], "1970-01-01T00:00:01.000000Z");
  EXPECT_EQ(act["recorded_at"], "1970-01-01T00:00:05.000000Z");
  EXPECT_EQ(act["delay"], "P1D");
  EXPECT_EQ(tell_timer({{}, {}, "remind", {}, {}})["summary"]["en"],
            "\"remind again\" fell due; its condition did not hold and nothing changed");
}

TEST(TimerTitle, IsThatOfWhatItWouldTakeElseItsLength) {
  const Definition untitled = testing::timed_version(
      1, [](OrderedJson& json) { json["states"]["waiting"]["after"]["PT26H"] = "overdue"; });
  EXPECT_EQ(timer_title("letter.waiting", "PT1H", "", &untitled).zh, "第一次提醒");
  EXPECT_EQ(timer_title("letter.waiting", "PT26H", "", &untitled).zh, "满 1 天 2 小时");
  EXPECT_EQ(timer_title("letter.waiting", "PT26H", "", &untitled).en, "after 1 day 2 hours");
  EXPECT_EQ(timer_title("letter.gone", "P3D", "", &untitled).zh, "P3D");
  EXPECT_EQ(timer_title("", "", "remind", &untitled).en, "remind again");
  EXPECT_EQ(timer_title("", "", "remind", nullptr).en, "remind");
}

TEST_F(HistoryViewTest, ShowsThePersonWithoutANameWhereTheDirectoryHasNone) {
  const Json act = tell(MemberAssigned{PersonId("gone"), role::kInspector});
  EXPECT_EQ(act["person"], Json({{"id", "gone"}}));
}

TEST_F(HistoryViewTest, SaysOfAnEventThatCannotBeReadThatItIsDamaged) {
  const auto told =
      view_.tell({CaseId("c"), 1, "note_added", {}, {}, PersonId("x"), "{}"}, &definition());
  ASSERT_FALSE(told);
  EXPECT_EQ(told.error().kind, ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace mingjian::http
