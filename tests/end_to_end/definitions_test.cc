// A definition is changed by two administrators on the real program, while cases run.
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/base/digest.h"
#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string kDefinitions = "/api/v1/definitions";

// The shipped definition of clues as another version, in which accepting has another title.
std::string clue_version(std::int64_t version) {
  std::string source = read_file(kWorkflows + "/clue/definition.json");
  const auto put = [&](const std::string& from, const std::string& to) {
    const auto at = source.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) source.replace(at, from.size(), to);
  };
  put("\"version\": 1,", "\"version\": " + std::to_string(version) + ",");
  put("\"en\": \"intake and registration\"", "\"en\": \"intake by the new rules\"");
  return source;
}

Visitor visitor(const ServeProcess& server, const std::string& person) {
  return {server.port(), person, "demo-mingjian-2026"};
}

Answer upload(const Visitor& visitor, const std::string& source, const std::string& key,
              const std::string& query = "") {
  return visitor.ask({"POST",
                      kDefinitions + query,
                      {{"Content-Type", "application/json"}, {"Idempotency-Key", key}},
                      source});
}

Answer decide(Visitor& visitor, std::int64_t version, const Json& decision) {
  return visitor.post(kDefinitions + "/clue/versions/" + std::to_string(version) + "/decision",
                      decision);
}

// One administrator uploads that version, another confirms it.
void put_in_force(const ServeProcess& server, std::int64_t version) {
  Visitor second = visitor(server, "admin-system-2");
  const Answer uploaded =
      upload(visitor(server, "admin-system"), clue_version(version), std::to_string(version));
  ASSERT_EQ(uploaded.status, 201) << uploaded.body;
  const Answer confirmed = decide(second, version, {{"decision", "confirm"}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
}

// Files a clue, and gives its address.
std::string file_clue(Visitor& visitor) {
  Json filing = accountability_filing();
  filing["definition"] = "clue";
  const Answer answer = visitor.post("/api/v1/cases", filing);
  EXPECT_EQ(answer.status, 201) << answer.body;
  return answer.header("location");
}

// What the case runs on.
Json definition_of(const Visitor& visitor, const std::string& address) {
  return json_of(visitor.get(address))["definition"];
}

// Of the stage where the case stands.
Json stage_title(const Visitor& visitor, const std::string& address) {
  return json_of(visitor.get(address))["stages"][0]["title"]["en"];
}

class Definitions : public ::testing::Test {
 protected:
  const Office office_{{"lin-wei", "zhao-min", "qiu-shi", "admin-system", "admin-system-2"}};
};

TEST_F(Definitions, ChangeForNewCasesAndNotForThoseThatRun) {
  std::string first;
  std::string second;
  {
    const ServeProcess server(office_.options());
    Visitor inspector = visitor(server, "lin-wei");
    first = file_clue(inspector);
    put_in_force(server, 2);
    second = file_clue(inspector);
    EXPECT_EQ(stage_title(inspector, first), "intake and registration");
    EXPECT_EQ(stage_title(inspector, second), "intake by the new rules");
  }
  const ServeProcess restarted(office_.options());
  Visitor inspector = visitor(restarted, "lin-wei");
  EXPECT_EQ(definition_of(inspector, first)["version"], 1);
  EXPECT_EQ(definition_of(inspector, second)["version"], 2);
  EXPECT_EQ(definition_of(inspector, second)["digest"], sha256_hex(clue_version(2)));
  EXPECT_EQ(stage_title(inspector, first), "intake and registration");
  EXPECT_EQ(inspector.get(kDefinitions + "/clue").body, clue_version(2));
  Visitor another = visitor(restarted, "zhao-min");
  EXPECT_EQ(definition_of(another, file_clue(another))["version"], 2);
}

TEST(DefinitionsOfRunningCases, HoldToTheEnd) {
  const Office office;
  const std::string file = office.file("cases.jsonl");
  std::ifstream cases(kDemonstration + "/cases.jsonl");
  std::string line;
  while (std::getline(cases, line) && Json::parse(line)["family"] != "clue") continue;
  std::ofstream(file) << line << "\n";
  ASSERT_EQ(office.run("import " + file + " --as he-qing").code, 0);

  const ServeProcess server(office.options());
  put_in_force(server, 2);
  const Ran walked =
      run("demonstrate --to-the-end --server " + server.address() + " --office " + kDemonstration +
          "/office.json --cases " + file + " --workflows " + kWorkflows);
  EXPECT_EQ(walked.code, 0) << walked.out;
  EXPECT_THAT(walked.out, HasSubstr(" > closed"));
  EXPECT_EQ(office.run("verify").code, 0);
}

TEST_F(Definitions, AreUploadedByOneAdministratorAndConfirmedByAnother) {
  const ServeProcess server(office_.options());
  Visitor inspector = visitor(server, "lin-wei");
  Visitor first = visitor(server, "admin-system");
  Visitor second = visitor(server, "admin-system-2");

  const Answer by_inspector = upload(inspector, clue_version(2), "key");
  EXPECT_EQ(by_inspector.status, 403);
  EXPECT_EQ(json_of(by_inspector)["obstacles"][0]["kind"], "role");

  const Answer uploaded = upload(first, clue_version(2), "key");
  ASSERT_EQ(uploaded.status, 201) << uploaded.body;
  EXPECT_EQ(json_of(uploaded)["state"], "proposed");
  EXPECT_EQ(uploaded.header("location"), kDefinitions + "/clue/versions/2");
  EXPECT_EQ(upload(first, clue_version(2), "key").header("idempotent-replayed"), "true");
  EXPECT_EQ(upload(first, clue_version(2), "key", "?in_force_until=2999-01-01T00:00:00Z").status,
            422)
      << "the same key with other dates";
  EXPECT_EQ(upload(first, clue_version(2) + " ", "other-key").status, 409);

  const Answer own = decide(first, 2, {{"decision", "confirm"}});
  EXPECT_EQ(own.status, 403);
  EXPECT_EQ(json_of(own)["obstacles"][0]["kind"], "separation");

  const Json waiting = json_of(second.get(kDefinitions + "?state=proposed"))["items"];
  ASSERT_THAT(waiting, SizeIs(1));
  EXPECT_EQ(waiting[0]["proposed"]["by"]["id"], "admin-system");
  EXPECT_EQ(second.get(uploaded.header("location")).body, clue_version(2));
  const std::string findings = uploaded.header("location") + "/findings";
  EXPECT_EQ(json_of(second.get(findings)), Json({{"items", Json::array()}}));
  EXPECT_EQ(inspector.get(findings).status, 403);
  EXPECT_EQ(inspector.get(uploaded.header("location")).status, 404);
  EXPECT_EQ(inspector.get(kDefinitions + "?state=proposed").status, 403);
  EXPECT_EQ(second.get(kDefinitions + "?state=asleep").status, 400);

  EXPECT_EQ(decide(second, 2, {{"decision", "perhaps"}}).status, 400);
  EXPECT_EQ(decide(second, 2, {{"decision", "reject"}}).status, 422) << "without an opinion";
  const Answer confirmed = decide(second, 2, {{"decision", "confirm"}, {"opinion", "同意"}});
  EXPECT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(decide(second, 2, {{"decision", "reject"}, {"opinion", "不妥"}}).status, 409);

  const Json versions = json_of(inspector.get(kDefinitions + "/clue/versions"))["items"];
  ASSERT_THAT(versions, SizeIs(2));
  EXPECT_EQ(versions[1]["state"], "confirmed");
  EXPECT_EQ(versions[1]["in_force_from"], versions[1]["decided"]["at"]);
}

TEST_F(Definitions, AreTracedByTheAuditor) {
  const ServeProcess server(office_.options());
  put_in_force(server, 2);
  const Json history =
      json_of(visitor(server, "qiu-shi").get(kDefinitions + "/clue/history"))["items"];
  ASSERT_THAT(history, SizeIs(2));
  EXPECT_EQ(history[0]["act"], "proposed");
  EXPECT_EQ(history[0]["actor"]["id"], "admin-system");
  EXPECT_EQ(history[1]["act"], "confirmed");
  EXPECT_EQ(history[1]["summary"]["zh"], "系统管理员（二）确认 clue 第 2 版");
  EXPECT_EQ(history[1]["digest"], sha256_hex(clue_version(2)));
  EXPECT_EQ(visitor(server, "lin-wei").get(kDefinitions + "/clue/history").status, 403);
}

TEST_F(Definitions, AreRefusedWithEveryFaultAndItsPlace) {
  const ServeProcess server(office_.options());
  Json definition = Json::parse(clue_version(2));
  definition["filing"]["by"][0] = "chef";
  definition["states"]["intake"]["rules"] = {"R-NONE-000"};
  const Visitor administrator = visitor(server, "admin-system");
  const Answer refused = upload(administrator, definition.dump(), "key");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.header("content-type"), "application/problem+json");
  std::vector<std::string> pointers;
  const Json problem = json_of(refused);
  for (const Json& error : problem["errors"]) pointers.push_back(error["pointer"]);
  EXPECT_THAT(pointers, ::testing::IsSupersetOf({"#/filing/by/0", "#/states/intake/rules/0"}));
  EXPECT_EQ(problem["findings"][0]["check"], "invalid_definition");
  EXPECT_EQ(upload(administrator, "{not json", "key").status, 422);
  EXPECT_EQ(upload(administrator, clue_version(2), "key", "?in_force_from=soon").status, 400);
  EXPECT_EQ(
      upload(administrator, clue_version(2), "key", "?in_force_from=2020-01-01T00:00:00Z").status,
      409);
}

TEST_F(Definitions, AreRefusedWithThePathToWhatIsAgainstDueProcess) {
  const ServeProcess server(office_.options());
  OrderedJson definition = OrderedJson::parse(clue_version(2));
  definition["states"]["trial"]["on"]["form_opinion"].erase("not_same_as");
  const Answer refused = upload(visitor(server, "admin-system"), definition.dump(), "key");
  EXPECT_EQ(refused.status, 422);
  const Json problem = json_of(refused);
  ASSERT_THAT(problem["errors"], SizeIs(1));
  EXPECT_EQ(problem["errors"][0]["pointer"], "#/states/trial/on/form_opinion");
  EXPECT_EQ(problem["findings"][0]["check"], "broken_property");
  EXPECT_EQ(problem["findings"][0]["path"].back()["event"], "form_opinion");
}

TEST_F(Definitions, MayBeLargerThanOtherBodies) {
  const ServeProcess server(office_.options());
  const Visitor administrator = visitor(server, "admin-system");
  const std::string padding(3 << 20, ' ');
  EXPECT_EQ(upload(administrator, clue_version(2) + padding, "key").status, 201);
  const Answer too_large =
      administrator.ask({"POST", kDefinitions, {{"Content-Length", "4194305"}}});
  EXPECT_EQ(too_large.status, 413);
}

TEST_F(Definitions, AreInForceOnAnotherServerOnTheSameStore) {
  const ServeProcess one(office_.options());
  const ServeProcess other(office_.options());
  Visitor inspector = visitor(other, "lin-wei");
  EXPECT_EQ(definition_of(inspector, file_clue(inspector))["version"], 1);
  put_in_force(one, 2);
  EXPECT_EQ(inspector.get(kDefinitions + "/clue/versions/2").status, 200);
  EXPECT_EQ(definition_of(inspector, file_clue(inspector))["version"], 2);
}

TEST_F(Definitions, AreNotWorkedWithOnceTheirBytesWereAltered) {
  {
    const ServeProcess server(office_.options());
    put_in_force(server, 2);
  }
  office_.store().tamper("UPDATE definition_versions SET source = X'7B7D'");
  const Ran refused = office_.run("verify");
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.out, HasSubstr("clue 2"));
  EXPECT_THAT(refused.out, HasSubstr("may have been altered"));
  const ServeProcess server(office_.options());
  EXPECT_EQ(server.address(), "") << "it does not start";
}

}  // namespace
}  // namespace mingjian::testing
