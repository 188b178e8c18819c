// A request for approval from both sides of the desk, on the real program over real HTTP: what
// stands in the way and why, the inbox, the return for rework (退回补正), and the history that
// tells of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

const Json kAccepted = {{"data", {{"duplicates_checked", true}, {"jurisdiction_checked", true}}}};
const Json kPlan = {{"data", {{"verification_plan", "核查方案"}}}};
const Json kBetterPlan = {{"data", {{"verification_plan", "核查方案（含访谈名单）"}}}};

class Approval : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = file_case(inspector_);
    ASSERT_EQ(inspector_.post(path_ + "/transitions/accept", kAccepted, 1).status, 200);
  }

  // Asks for the first verification, which the main head approves; gives the task.
  std::string ask_for(const Json& plan, Version seen) {
    const Answer asked = inspector_.post(path_ + "/transitions/verify_first", plan, seen);
    EXPECT_EQ(asked.status, 200) << asked.body;
    return json_of(asked).value("task", "");
  }
  static std::string decision(const std::string& task) {
    return "/api/v1/tasks/" + task + "/decision";
  }
  static Json items(const Answer& answer) { return json_of(answer)["items"]; }
  static Json ids(const Answer& answer) {
    Json all = Json::array();
    for (const Json& item : items(answer)) all.push_back(item["id"]);
    return all;
  }
  Json option(const Visitor& visitor, const std::string& event) {
    const Json all = items(visitor.get(path_ + "/transitions"));
    for (const Json& item : all) {
      if (item["event"] == event) return item;
    }
    return {};
  }

  const ServedOffice served_{{"lin-wei", "zhou-yan", "qiu-shi"}};
  Visitor inspector_ = served_.visitor("lin-wei");
  Visitor head_ = served_.visitor("zhou-yan");
  Visitor auditor_ = served_.visitor("qiu-shi");
  std::string path_;
};

TEST_F(Approval, ThatIsGivenMovesTheCaseAndTheTaskFromTheInboxToWhatIsDone) {
  const std::string task = ask_for(kPlan, 2);
  EXPECT_EQ(ids(inspector_.get("/api/v1/tasks")), Json::array()) << "not for the requester";
  const Json inbox = items(head_.get("/api/v1/tasks"));
  ASSERT_EQ(inbox.size(), 1U);
  EXPECT_EQ(inbox[0]["id"], task);
  EXPECT_EQ(inbox[0]["title"]["zh"], "先行初步核实");
  EXPECT_EQ(inbox[0]["requested_by"],
            Json({{"id", "lin-wei"}, {"name", {{"zh", "林薇"}, {"en", "Lin Wei"}}}}));
  EXPECT_EQ(ids(head_.get("/api/v1/tasks?state=done")), Json::array());

  const Answer given =
      head_.post(decision(task), {{"decision", "approve"}, {"opinion", "同意"}}, 3);
  ASSERT_EQ(given.status, 200) << given.body;
  EXPECT_EQ(json_of(given)["stages"], Json({"accountability.preliminary_verification"}));
  EXPECT_EQ(ids(head_.get("/api/v1/tasks")), Json::array());
  const Json done = items(head_.get("/api/v1/tasks?state=done"));
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0]["id"], task);
  EXPECT_EQ(done[0]["decision"], "approve");

  const Answer again = head_.post(decision(task), {{"decision", "approve"}}, 5);
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(json_of(again)["detail"].get<std::string>(), HasSubstr("已经办结"));
}

TEST_F(Approval, ThatIsReturnedComesBackToItsRequesterAndCanBeAskedForAgain) {
  const std::string first = ask_for(kPlan, 2);
  const Answer silent = head_.post(decision(first), {{"decision", "return"}}, 3);
  EXPECT_EQ(silent.status, 422) << "returning needs an opinion: " << silent.body;
  const Json why = {{"decision", "return"}, {"opinion", "请补充访谈名单"}};
  ASSERT_EQ(head_.post(decision(first), why, 3).status, 200);
  EXPECT_EQ(ids(head_.get("/api/v1/tasks")), Json::array());

  const Json rework = items(inspector_.get("/api/v1/tasks"));
  ASSERT_EQ(rework.size(), 1U);
  EXPECT_EQ(rework[0]["kind"], "rework");
  EXPECT_EQ(json_of(inspector_.get(path_))["requests"][0]["returned"], true);

  const std::string second = ask_for(kBetterPlan, 4);
  EXPECT_NE(second, first);
  EXPECT_EQ(ids(inspector_.get("/api/v1/tasks")), Json::array()) << "the rework is done";
  EXPECT_EQ(ids(head_.get("/api/v1/tasks")), Json({second}));
  ASSERT_EQ(head_.post(decision(second), {{"decision", "approve"}}, 5).status, 200);
  EXPECT_EQ(json_of(inspector_.get(path_))["data"]["verification_plan"],
            kBetterPlan["data"]["verification_plan"]);
}

TEST_F(Approval, StandsInTheWayOfOtherStepsAndEachObstacleNamesItsRule) {
  ask_for(kPlan, 2);
  const Json blocked = option(inspector_, "distribute");
  EXPECT_EQ(blocked["allowed"], false);
  const Json pending = blocked["obstacles"][0];
  EXPECT_EQ(pending["kind"], "approval");
  EXPECT_THAT(pending["zh"].get<std::string>(), HasSubstr("先行初步核实"));
  EXPECT_THAT(pending["en"].get<std::string>(), HasSubstr("verify first"));

  const Json not_his = option(auditor_, "distribute")["obstacles"][0];
  EXPECT_EQ(not_his["kind"], "role");
  const Json rule = not_his["rules"][0];
  EXPECT_EQ(rule["id"], "R-CLU-009");
  EXPECT_EQ(rule["instrument"], "中国共产党纪律检查机关监督执纪工作规则 (2019)");
  EXPECT_EQ(rule["article"], "23");

  // To try all the same gives the same obstacles.
  const Answer tried = inspector_.post(path_ + "/transitions/distribute",
                                       {{"data", {{"screening_opinion", "分办"}}}}, 3);
  EXPECT_EQ(tried.status, 409);
  EXPECT_EQ(json_of(tried)["obstacles"], blocked["obstacles"]);
}

TEST_F(Approval, IsToldByTheHistoryWhoWhenWhatWhyAndUnderWhichRule) {
  const std::string task = ask_for(kPlan, 2);
  ASSERT_EQ(head_.post(decision(task), {{"decision", "approve"}, {"opinion", "同意"}}, 3).status,
            200);
  // The last two on a page of their own: the request that was decided is on an earlier one.
  const Json acts = items(auditor_.get(path_ + "/history?cursor=3&limit=2"));
  ASSERT_EQ(acts.size(), 2U);
  const Json& decided = acts[0];
  EXPECT_EQ(decided["type"], "approval_decided");
  EXPECT_EQ(decided["actor"],
            Json({{"id", "zhou-yan"}, {"name", {{"zh", "周岩"}, {"en", "Zhou Yan"}}}}));
  EXPECT_EQ(decided["roles"][0],
            Json({{"role", "main_head"}, {"title", {{"zh", "主要负责人"}, {"en", "main head"}}}}));
  EXPECT_EQ(decided["title"]["zh"], "先行初步核实");
  EXPECT_EQ(decided["decision"], "approve");
  EXPECT_EQ(decided["opinion"], "同意");
  EXPECT_EQ(decided["rules"][0]["id"], "R-CLU-020");
  EXPECT_EQ(decided["rules"][0]["article"], "33, 35(3)");
  EXPECT_EQ(decided["summary"]["zh"], "周岩（主要负责人）同意“先行初步核实”：同意");
  EXPECT_EQ(decided["summary"]["en"], "Zhou Yan (main head) approved \"verify first\": 同意");

  const Json& fired = acts[1];
  EXPECT_EQ(fired["type"], "transition_fired");
  EXPECT_EQ(fired["requested_by"]["name"]["zh"], "林薇");
  EXPECT_EQ(fired["left"][0]["title"]["zh"], "甄别分流");
  EXPECT_EQ(fired["entered"][0]["title"]["zh"], "初步核实");
  EXPECT_EQ(fired["summary"]["zh"], "林薇所请“先行初步核实”经审批生效：甄别分流 → 初步核实");
  EXPECT_FALSE(fired["recorded_at"].get<std::string>().empty());
}

}  // namespace
}  // namespace mingjian::testing
