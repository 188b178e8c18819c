// What is done with a request for approval over the interface, and how a refusal is answered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "engine/access/role.h"
#include "tests/http/office_in_memory.h"
#include "tests/support/shipped.h"

namespace mingjian::http {
namespace {

using ::testing::HasSubstr;

const OrganisationId kOffice("office");

const std::vector<std::pair<const char*, Role>>& staff() {
  static const std::vector<std::pair<const char*, Role>> kStaff = {
      {"lin-wei", role::kInspector},        {"he-qing", role::kCaseSupervision},
      {"chen-gang", role::kDepartmentHead}, {"tang-yu", role::kDepartmentHead},
      {"xu-hong", role::kDeputyInCharge},   {"zhou-yan", role::kMainHead},
      {"qiu-shi", role::kAuditor}};
  return kStaff;
}

Workflows workflows() {
  Workflows all{
      testing::shipped_register(), Form::compile_plain(testing::definition_schema()).value(), {}};
  all.definitions.push_back(testing::load(testing::read_file(testing::project_file(
                                              "tests/engine/case/data/circulation.json")))
                                .value());
  return all;
}

// A case in which "settle" was asked for: a department head and the deputy sign, then another.
class Requests : public ::testing::Test {
 protected:
  void SetUp() override {
    Office office{{{kOffice, {}, "OK-JW", {"纪委监委", "commission"}}}, {}};
    for (const auto& [id, role] : staff())
      office.people.push_back({PersonId(id), {id, id}, {{kOffice, role, {}, std::nullopt}}, true});
    ASSERT_TRUE(office_.directory().put_office(office));
    for (const auto& [id, role] : staff()) {
      ASSERT_TRUE(office_.directory().set_password_hash(PersonId(id), "password"));
      tokens_[id] = json_of(
          send("", "POST", {"sessions"}, {{"person", id}, {"password", "password"}}))["token"];
    }
    case_ = json_of(send("lin-wei", "POST", {"cases"},
                         {{"definition", "circulation"}, {"data", {{"subject", "甲"}}}}))["id"];
    ASSERT_EQ(act("he-qing", {"cases", case_, "transitions", "check"}, Json::object()).status, 200);
    const Response asked =
        act("lin-wei", {"cases", case_, "transitions", "settle"}, Json::object());
    ASSERT_EQ(asked.status, 200) << asked.body;
    asked_ = json_of(asked);
  }

  static Json json_of(const Response& response) { return Json::parse(response.body); }

  Response send(const std::string& person, const char* method, std::vector<std::string> path,
                const Json& body, Version seen = 0, const std::string& key = {}) {
    Request request;
    request.method = method;
    request.segments = {"api", "v1"};
    request.segments.insert(request.segments.end(), path.begin(), path.end());
    request.headers = {{"Content-Type", "application/json"},
                       {"Idempotency-Key", key.empty() ? std::to_string(++keys_) : key}};
    if (!person.empty()) request.headers.emplace_back("Authorization", "Bearer " + tokens_[person]);
    if (seen > 0) request.headers.emplace_back("If-Match", "\"" + std::to_string(seen) + "\"");
    if (!body.is_null()) request.body = body.dump();
    return router_.handle(std::move(request));
  }

  Json the_case() { return json_of(send("lin-wei", "GET", {"cases", case_}, nullptr)); }

  // On the case as it is now.
  Response act(const std::string& person, std::vector<std::string> path, const Json& body) {
    return send(person, "POST", std::move(path), body, the_case()["version"].get<Version>());
  }
  std::vector<std::string> request_path(const char* verb) const {
    return {"cases", case_, "requests", asked_["request"], verb};
  }
  std::vector<std::string> task_path(std::size_t task, const char* verb) const {
    return {"tasks", asked_["tasks"][task], verb};
  }

  testing::OfficeInMemory office_{workflows()};
  Router router_ = make_router(office_.services());
  std::map<std::string, std::string> tokens_;
  std::string case_;
  Json asked_;
  int keys_ = 0;
};

TEST_F(Requests, AnswerWithTheTaskOfEachSignerAndTheFirstByItself) {
  ASSERT_EQ(asked_["tasks"].size(), 2U);
  EXPECT_EQ(asked_["task"], asked_["tasks"][0]);
  const Json request = the_case()["requests"][0];
  EXPECT_EQ(request["tasks"], asked_["tasks"]);
  EXPECT_EQ(request["resumes"], "in_order");
  EXPECT_FALSE(request.contains("urged"));
  const Json signers = request["steps"][0]["signers"];
  EXPECT_EQ(signers[0]["role"], "department_head");
  EXPECT_EQ(signers[1]["task"], asked_["tasks"][1]);
  EXPECT_FALSE(request["steps"][1]["signers"][0].contains("task")) << "its turn has not come";
}

TEST_F(Requests, AreShownBeforehandInWhatCanBeDone) {
  ASSERT_EQ(act("lin-wei", request_path("withdrawal"), {{"reason", "情况有变"}}).status, 200);
  const Json body = json_of(send("lin-wei", "GET", {"cases", case_, "transitions"}, nullptr));
  for (const Json& item : body["items"]) {
    if (item["event"] != "hasten") continue;
    EXPECT_EQ(item["resumes"], "where_returned");
    EXPECT_EQ(item["approval"][2]["signing"], "all");
    EXPECT_EQ(item["approval"][2]["signers"][1]["role"], "party_committee");
    return;
  }
  FAIL() << body;
}

TEST_F(Requests, ThatAreWithdrawnEndOnceWhateverIsSentAgain) {
  const Version seen = the_case()["version"];
  const auto path = request_path("withdrawal");
  const Json why = {{"reason", "情况有变"}};
  const Response first = send("lin-wei", "POST", path, why, seen, "withdraw");
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(send("lin-wei", "POST", path, why, seen, "withdraw").body, first.body);
  EXPECT_EQ(send("lin-wei", "POST", path, why, seen, "another").status, 412);
  EXPECT_EQ(send("lin-wei", "POST", path, why).status, 428);
  EXPECT_EQ(act("lin-wei", path, why).status, 409) << "it has ended";
}

struct Refusal {
  const char* name;
  const char* person;
  const char* verb;
  Json body;
  int status;
  const char* says;
};

void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.name; }

class RefusedOnRequest : public Requests, public ::testing::WithParamInterface<Refusal> {};

TEST_P(RefusedOnRequest, SaysWhyAndChangesNothing) {
  const Refusal& row = GetParam();
  const Json before = the_case();
  const bool on_task = std::string(row.verb) == "hand-over" || std::string(row.verb) == "decision";
  const Response refused =
      act(row.person, on_task ? task_path(0, row.verb) : request_path(row.verb), row.body);
  EXPECT_EQ(refused.status, row.status) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr(row.says));
  EXPECT_EQ(the_case(), before);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefusedOnRequest,
    ::testing::Values(
        Refusal{"WithdrawnByAnother",
                "he-qing",
                "withdrawal",
                {{"reason", "x"}},
                403,
                "只有提出请示的人可以撤回"},
        Refusal{"WithdrawnWithoutAWord", "lin-wei", "withdrawal", Json::object(), 400, "/reason"},
        Refusal{"WithdrawnForNoReason", "lin-wei", "withdrawal", {{"reason", " "}}, 422, "/reason"},
        Refusal{"NothingToTakeBack",
                "chen-gang",
                "take-back",
                {{"reason", "x"}},
                409,
                "没有可以收回的签批"},
        Refusal{"TakenBackWithoutAWord", "chen-gang", "take-back", Json::object(), 400, "/reason"},
        Refusal{"UrgedByWhoLooksOn", "qiu-shi", "urging", Json::object(), 403, "role"},
        Refusal{"UrgedWithANumber", "lin-wei", "urging", {{"text", 1}}, 400, "/text"},
        Refusal{"HandedOverByAnother",
                "xu-hong",
                "hand-over",
                {{"person", "tang-yu"}, {"reason", "x"}},
                403,
                "承办部门负责人"},
        Refusal{"HandedOverToNobody", "chen-gang", "hand-over", {{"reason", "x"}}, 400, "/person"},
        Refusal{"HandedOverToAStranger",
                "chen-gang",
                "hand-over",
                {{"person", "nobody"}, {"reason", "x"}},
                403,
                "/person"},
        Refusal{"HandedOverToTheRequester",
                "chen-gang",
                "hand-over",
                {{"person", "lin-wei"}, {"reason", "x"}},
                403,
                "不得审批自己提出的请示"},
        Refusal{"ReturnedToAStepThatIsNotEarlier",
                "chen-gang",
                "decision",
                {{"decision", "return"}, {"opinion", "x"}, {"return_to", 0}},
                422,
                "/return_to"},
        Refusal{"ReturnedToNoNumber",
                "chen-gang",
                "decision",
                {{"decision", "return"}, {"opinion", "x"}, {"return_to", "first"}},
                400,
                "/return_to"}),
    [](const auto& each) { return each.param.name; });

TEST_F(Requests, ThatAreNotThereCannotBeActedOn) {
  const Response other = act(
      "lin-wei", {"cases", case_, "requests", "no-such-request", "withdrawal"}, {{"reason", "x"}});
  EXPECT_EQ(other.status, 409) << other.body;
  EXPECT_EQ(act("lin-wei", {"tasks", "no-such-task", "hand-over"},
                {{"person", "tang-yu"}, {"reason", "x"}})
                .status,
            404);
}

}  // namespace
}  // namespace mingjian::http
