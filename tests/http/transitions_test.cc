#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "api/http/handlers/routes.h"
#include "engine/access/role.h"
#include "tests/engine/lint/sample.h"
#include "tests/http/office_in_memory.h"

namespace mingjian::http {
namespace {

const OrganisationId kOffice("office");

// The sample procedure, with words for its guard.
Workflows workflows() {
  OrderedJson definition = testing::sample_definition();
  definition["data"]["properties"]["heard"]["title"] = {{"zh", "已听取申辩"}, {"en", "heard"}};
  definition["states"]["work"]["on"]["to_trial"]["guard_title"] = {{"zh", "听取之后才移送"},
                                                                   {"en", "hear first"}};
  const Register& known = testing::sample_register();
  Workflows workflows{known, testing::sample_schema(), {}};
  workflows.definitions.push_back(
      load_definition(definition.dump(), workflows.schema, known).value());
  return workflows;
}

class Transitions : public ::testing::Test {
 protected:
  void SetUp() override {
    const Person person{PersonId("lin-wei"),
                        {"林薇", "Lin Wei"},
                        {{kOffice, role::kInspector, {}, std::nullopt}},
                        true};
    ASSERT_TRUE(office_.directory().put_office(
        {{{kOffice, {}, "OK-JW", {"纪委监委", "commission"}}}, {person}}));
    ASSERT_TRUE(office_.directory().set_password_hash(person.id, "password"));
    token_ =
        Json::parse(send("POST", {"sessions"}, {{"person", "lin-wei"}, {"password", "password"}})
                        .body)["token"];
  }

  Response send(const char* method, std::vector<std::string> path, const Json& body = nullptr) {
    Request request;
    request.method = method;
    request.segments = {"api", "v1"};
    request.segments.insert(request.segments.end(), path.begin(), path.end());
    request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", "once"}};
    if (!token_.empty()) request.headers.emplace_back("Authorization", "Bearer " + token_);
    if (!body.is_null()) request.body = body.dump();
    return router_.handle(std::move(request));
  }

  testing::OfficeInMemory office_{workflows()};
  Router router_ = make_router(office_.services());
  std::string token_;
};

TEST_F(Transitions, SayWhichFieldKeepsAStepFromBeingTaken) {
  const Response filed =
      send("POST", {"cases"}, {{"definition", "lead"}, {"data", {{"facts", "x"}}}});
  ASSERT_EQ(filed.status, 201) << filed.body;
  const Response listed =
      send("GET", {"cases", Json::parse(filed.body)["id"].get<std::string>(), "transitions"});
  ASSERT_EQ(listed.status, 200) << listed.body;
  const Json body = Json::parse(listed.body);
  for (const Json& item : body["items"]) {
    if (item["event"] != "to_trial") continue;
    ASSERT_EQ(item["obstacles"].size(), 1U) << item;
    const Json& obstacle = item["obstacles"][0];
    EXPECT_EQ(obstacle["kind"], "guard");
    EXPECT_EQ(obstacle["zh"], "条件不具备：听取之后才移送（“已听取申辩”应为“是”，现为“否”）");
    EXPECT_EQ(obstacle["en"],
              "a condition does not hold: hear first (\"heard\" must be yes but is no)");
    return;
  }
  FAIL() << "no such step: " << listed.body;
}

}  // namespace
}  // namespace mingjian::http
