// Approvals of several signers, driven through the real program over real HTTP: any and all of them
// sign, return to a step, hand over, take back, withdraw, urge.
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// One office for all tests, because each sign-in costs time on purpose; each has a case of its own.
struct Cast {
  ServedOffice served{{"lin-wei", "he-qing", "chen-gang", "tang-yu", "xu-hong", "zhou-yan",
                       "han-bin", "admin-system", "admin-system-2"}};
  Visitor inspector = served.visitor("lin-wei");
  Visitor supervisor = served.visitor("he-qing");
  Visitor head = served.visitor("chen-gang");
  Visitor other_head = served.visitor("tang-yu");
  Visitor deputy = served.visitor("xu-hong");
  Visitor main = served.visitor("zhou-yan");
  Visitor party = served.visitor("han-bin");
};

class Signers : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    cast_ = std::make_unique<Cast>();
    put_in_force(
        read_file(std::string(MINGJIAN_SOURCE_DIR) + "/tests/engine/case/data/circulation.json"));
  }
  static void TearDownTestSuite() { cast_.reset(); }

  void SetUp() override {
    const Answer filed = inspector_.post(
        "/api/v1/cases", {{"definition", "circulation"}, {"data", {{"subject", "甲"}}}});
    ASSERT_EQ(filed.status, 201) << filed.body;
    path_ = filed.header("location");
    ASSERT_EQ(act(cast_->supervisor, path_ + "/transitions/check", Json::object()).status, 200);
  }

  // One administrator uploads it, another confirms it.
  static void put_in_force(const std::string& definition) {
    const Answer uploaded =
        cast_->served.visitor("admin-system")
            .ask({"POST",
                  "/api/v1/definitions",
                  {{"Content-Type", "application/json"}, {"Idempotency-Key", "circulation"}},
                  definition});
    ASSERT_EQ(uploaded.status, 201) << uploaded.body;
    Visitor second = cast_->served.visitor("admin-system-2");
    const Answer confirmed = second.post("/api/v1/definitions/circulation/versions/1/decision",
                                         {{"decision", "confirm"}});
    ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  }

  Json the_case() const { return json_of(inspector_.get(path_)); }
  Json the_request() const { return the_case()["requests"].at(0); }

  // On the case as it is now.
  Answer act(Visitor& visitor, const std::string& path, const Json& body) {
    return visitor.post(path, body, the_case()["version"].get<Version>());
  }

  void ask_for(const std::string& event) {
    const Answer asked = act(inspector_, path_ + "/transitions/" + event, Json::object());
    ASSERT_EQ(asked.status, 200) << asked.body;
  }

  Answer on_request(Visitor& visitor, const std::string& verb, const Json& body) {
    return act(visitor, path_ + "/requests/" + the_request()["id"].get<std::string>() + "/" + verb,
               body);
  }

  // What of this case is in his inbox.
  std::vector<Json> tasks(const Visitor& visitor) const {
    std::vector<Json> all;
    const Json inbox = json_of(visitor.get("/api/v1/tasks?limit=200"))["items"];
    for (const Json& item : inbox) {
      if (path_.ends_with(item["case"]["id"].get<std::string>())) all.push_back(item);
    }
    return all;
  }
  std::string task_of(const Visitor& visitor) const {
    const auto all = tasks(visitor);
    return all.empty() ? "none" : all.front()["id"].get<std::string>();
  }
  std::size_t waiting(const Visitor& visitor) const { return tasks(visitor).size(); }

  Answer decide(Visitor& visitor, const Json& decision) {
    return act(visitor, "/api/v1/tasks/" + task_of(visitor) + "/decision", decision);
  }
  void approve(Visitor& visitor) {
    const Answer given = decide(visitor, {{"decision", "approve"}, {"opinion", "同意"}});
    ASSERT_EQ(given.status, 200) << given.body;
  }
  std::vector<std::string> summaries() const {
    std::vector<std::string> all;
    const Json acts = json_of(inspector_.get(path_ + "/history?limit=200"))["items"];
    for (const Json& each : acts) all.push_back(each["summary"]["zh"]);
    return all;
  }

  static inline std::unique_ptr<Cast> cast_;
  Visitor& inspector_ = cast_->inspector;
  Visitor& head_ = cast_->head;
  Visitor& other_head_ = cast_->other_head;
  Visitor& deputy_ = cast_->deputy;
  Visitor& main_ = cast_->main;
  Visitor& party_ = cast_->party;
  std::string path_;
};

TEST_F(Signers, AllOfAStepSignAndThenAnyOfTheNext) {
  ask_for("settle");
  EXPECT_EQ(the_request()["tasks"].size(), 2U);
  EXPECT_EQ(the_request()["steps"][0]["signing"], "all");
  EXPECT_EQ(waiting(main_), 0U);
  approve(deputy_);
  EXPECT_EQ(waiting(main_), 0U) << "the department head has not signed";
  approve(head_);
  EXPECT_EQ(waiting(other_head_), 0U) << "one department head is enough";
  ASSERT_EQ(waiting(main_), 1U);
  ASSERT_EQ(waiting(party_), 1U);
  approve(party_);
  EXPECT_EQ(waiting(main_), 0U) << "one signature settled it";
  EXPECT_EQ(the_case()["closed"], true);
}

TEST_F(Signers, OneRefusalEndsAStepInWhichAllSign) {
  ask_for("settle");
  approve(deputy_);
  ASSERT_EQ(decide(head_, {{"decision", "refuse"}, {"opinion", "不妥"}}).status, 200);
  EXPECT_THAT(the_case()["requests"], IsEmpty());
  EXPECT_EQ(the_case()["closed"], false);
}

TEST_F(Signers, AReturnGoesToAnEarlierStepOrToTheRequester) {
  ask_for("settle");
  approve(deputy_);
  approve(head_);
  const Answer nowhere =
      decide(main_, {{"decision", "return"}, {"opinion", "请说明"}, {"return_to", 1}});
  EXPECT_EQ(nowhere.status, 422) << nowhere.body;
  const Answer back =
      decide(main_, {{"decision", "return"}, {"opinion", "请说明"}, {"return_to", 0}});
  ASSERT_EQ(back.status, 200) << back.body;
  EXPECT_EQ(waiting(party_), 0U);
  ASSERT_EQ(waiting(deputy_), 1U);
  const Answer to_him = decide(deputy_, {{"decision", "return"}, {"opinion", "请补充"}});
  ASSERT_EQ(to_him.status, 200) << to_him.body;
  EXPECT_EQ(waiting(head_), 0U);
  EXPECT_EQ(waiting(inspector_), 1U);
  ask_for("settle");
  EXPECT_EQ(waiting(inspector_), 0U);
  EXPECT_EQ(waiting(head_), 1U);
}

TEST_F(Signers, AReturnThatResumesWhereItWasReturnedKeepsTheSignatures) {
  ask_for("hasten");
  approve(head_);
  ASSERT_EQ(decide(deputy_, {{"decision", "return"}, {"opinion", "请补充"}}).status, 200);
  ask_for("hasten");
  EXPECT_EQ(waiting(head_), 0U) << "his signature stays";
  EXPECT_EQ(waiting(deputy_), 1U);
  EXPECT_EQ(the_request()["step"], 1);
  EXPECT_EQ(the_request()["steps"][0]["signers"][0]["signed_by"]["id"], "chen-gang");
}

TEST_F(Signers, ATaskIsHandedOverToAnotherHolderOfTheRole) {
  ask_for("settle");
  const std::string path = "/api/v1/tasks/" + task_of(head_) + "/hand-over";
  const Answer unfit = act(head_, path, {{"person", "xu-hong"}, {"reason", "出差"}});
  EXPECT_EQ(unfit.status, 403) << unfit.body;
  EXPECT_THAT(unfit.body, HasSubstr("此人不能签批"));
  const Answer over = act(head_, path, {{"person", "tang-yu"}, {"reason", "出差"}});
  ASSERT_EQ(over.status, 200) << over.body;
  EXPECT_EQ(waiting(head_), 0U);
  ASSERT_EQ(waiting(other_head_), 1U);
  EXPECT_EQ(tasks(other_head_).front()["person"]["id"], "tang-yu");
  approve(other_head_);
  approve(deputy_);
  approve(main_);
  EXPECT_EQ(the_case()["closed"], true);
  EXPECT_THAT(summaries(), ::testing::Contains(HasSubstr("转给唐宇签批：出差")));
}

TEST_F(Signers, ASignatureIsTakenBackUntilTheNextHasActed) {
  ask_for("hasten");
  approve(head_);
  EXPECT_EQ(waiting(deputy_), 1U);
  ASSERT_EQ(on_request(head_, "take-back", {{"reason", "看错了"}}).status, 200);
  EXPECT_EQ(waiting(deputy_), 0U);
  ASSERT_EQ(waiting(head_), 1U);
  approve(head_);
  approve(deputy_);
  const Answer late = on_request(head_, "take-back", {{"reason", "看错了"}});
  EXPECT_EQ(late.status, 409) << late.body;
  EXPECT_THAT(late.body, HasSubstr("后面的人已经办理"));
}

TEST_F(Signers, ARequestIsWithdrawnByItsRequesterAlone) {
  ask_for("hasten");
  approve(head_);
  EXPECT_EQ(on_request(deputy_, "withdrawal", {{"reason", "不妥"}}).status, 403);
  EXPECT_EQ(on_request(inspector_, "withdrawal", Json::object()).status, 400)
      << "it needs a reason";
  ASSERT_EQ(on_request(inspector_, "withdrawal", {{"reason", "情况有变"}}).status, 200);
  EXPECT_THAT(the_case()["requests"], IsEmpty());
  EXPECT_EQ(waiting(deputy_), 0U);
  ask_for("settle");
}

TEST_F(Signers, ARequestIsUrgedAndTheHistoryTellsOfEveryVerb) {
  ask_for("hasten");
  ASSERT_EQ(on_request(inspector_, "urging", {{"text", "请尽快"}}).status, 200);
  EXPECT_EQ(the_request()["urged"]["times"], 1);
  approve(head_);
  ASSERT_EQ(on_request(head_, "take-back", {{"reason", "看错了"}}).status, 200);
  ASSERT_EQ(on_request(inspector_, "withdrawal", {{"reason", "情况有变"}}).status, 200);
  const auto all = summaries();
  ASSERT_GE(all.size(), 4U);
  EXPECT_THAT(
      std::vector(all.end() - 4, all.end()),
      ElementsAre(HasSubstr("催办“速办”：请尽快"), HasSubstr("同意“速办”：同意"),
                  HasSubstr("收回对“速办”的签批：看错了"), HasSubstr("撤回请示“速办”：情况有变")));
  const Ran verified = cast_->served.office().run("verify");
  EXPECT_EQ(verified.code, 0) << verified.out;
}

}  // namespace
}  // namespace mingjian::testing
