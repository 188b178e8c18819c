// A new version of a definition, from its first comparison to the last case that moved.
#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>

#include "tests/end_to_end/office.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

// The demonstration office, and the procedures of the project with a second version of one, in
// which the first stage has another name and a shorter time limit.
class MigrationOnTheProgram : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(office_.run("import " + kDemonstration + "/cases.jsonl --as he-qing").code, 0);
    const std::filesystem::path workflows = office_.file("workflows");
    std::filesystem::copy(kWorkflows, workflows, std::filesystem::copy_options::recursive);
    first_ = (workflows / "accountability" / "definition.json").string();
    auto next = nlohmann::ordered_json::parse(read_file(first_));
    next["version"] = 2;
    next["initial"] = "receipt";
    next["states"]["intake"]["time_limit"]["amount"] = 3;
    auto states = nlohmann::ordered_json::object();
    for (auto& [key, state] : next["states"].items())
      states[key == "intake" ? "receipt" : key] = std::move(state);
    next["states"] = std::move(states);
    std::filesystem::create_directories(workflows / "accountability-2");
    second_ = (workflows / "accountability-2" / "definition.json").string();
    std::ofstream(second_) << next.dump(2);
    mapping_ = office_.file("mapping.json");
    std::ofstream(mapping_) << R"({"states": {"accountability.intake": "accountability.receipt"}})";
    next_options_ = office_.store().option() + " --workflows " + workflows.string();
  }

  [[nodiscard]] Ran migrate(const std::string& person, const std::string& more) const {
    return run("migrate --definition accountability --to 2 --reason new-rules --as " + person +
               " " + more + " " + next_options_);
  }

  Office office_{{"zhou-yan", "qiu-shi"}};
  std::string first_;
  std::string second_;
  std::string mapping_;
  std::string next_options_;
};

TEST_F(MigrationOnTheProgram, ComparesPreviewsAndMovesTheCases) {
  const std::string workflows = "--workflows " + kWorkflows;
  EXPECT_EQ(run("diff " + first_ + " " + first_ + " " + workflows).code, 0);
  const Ran compared = run("diff " + first_ + " " + second_ + " --format json " + workflows);
  EXPECT_EQ(compared.code, 1);
  const auto changes = Json::parse(compared.out)["changes"];
  EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [](const auto& change) {
    return change["kind"] == "state_removed" && change["subject"] == "accountability.intake";
  })) << compared.out;

  const Ran unmoved = office_.run("impact " + first_);
  EXPECT_EQ(unmoved.code, 0) << unmoved.out;
  const Ran foreseen = office_.run("impact " + second_ + " --format json");
  EXPECT_EQ(foreseen.code, 1);
  const auto summary = Json::parse(
      foreseen.out.substr(foreseen.out.rfind('\n', foreseen.out.size() - 2) + 1))["summary"];
  EXPECT_GT(summary["running"], 0);
  EXPECT_EQ(summary["affected"], summary["running"]);
  const std::string running = summary["running"].dump();

  const Ran unmapped = migrate("zhou-yan", "--all");
  EXPECT_EQ(unmapped.code, 1);
  EXPECT_THAT(unmapped.out, HasSubstr("refused: " + running));
  EXPECT_THAT(unmapped.out, HasSubstr("name one in the mapping"));
  const Ran by_another = migrate("chen-gang", "--all --mapping " + mapping_);
  EXPECT_EQ(by_another.code, 1);
  EXPECT_THAT(by_another.out, HasSubstr("the main head decides"));

  const std::string all = "--all --mapping " + mapping_;
  const Ran preview = migrate("zhou-yan", all);
  EXPECT_EQ(preview.code, 0) << preview.out;
  EXPECT_THAT(preview.out, HasSubstr("could move: " + running));
  EXPECT_THAT(preview.out, HasSubstr("its history would be the same"));
  const Ran moved = migrate("zhou-yan", all + " --apply");
  EXPECT_EQ(moved.code, 0) << moved.out;
  EXPECT_THAT(moved.out, HasSubstr("moved: " + running));
  const Ran again = migrate("zhou-yan", all + " --apply");
  EXPECT_THAT(again.out, HasSubstr("moved: 0"));
  EXPECT_EQ(run("verify " + next_options_).code, 0);
}

TEST_F(MigrationOnTheProgram, IsPreviewedAndOrderedOverHttp) {
  const ServeProcess server(next_options_);
  Visitor head(server.port(), "zhou-yan", "demo-mingjian-2026");
  Visitor auditor(server.port(), "qiu-shi", "demo-mingjian-2026");
  const Json cases = json_of(head.get("/api/v1/cases?definition=accountability&limit=1"));
  const std::string path = "/api/v1/cases/" + cases["items"][0]["id"].get<std::string>();

  const Json unmapped = {{"version", 2}, {"reason", "新规定"}};
  const Json preview = json_of(head.post(path + "/migration/preview", unmapped));
  EXPECT_FALSE(preview["allowed"]);
  EXPECT_EQ(preview["obstacles"][0]["kind"], "state");
  EXPECT_EQ(preview["replay"]["diverges_at"], 1);
  const Json nowhere = {{"version", 9}, {"reason", "新规定"}};
  EXPECT_EQ(head.post(path + "/migration/preview", nowhere).status, 404);

  const Json order = {{"version", 2},
                      {"states", {{"accountability.intake", "accountability.receipt"}}},
                      {"reason", "新规定"}};
  EXPECT_TRUE(json_of(head.post(path + "/migration/preview", order))["allowed"]);
  EXPECT_EQ(auditor.post(path + "/migration", order, 1).status, 403);
  Json wrong = order;
  wrong["carry"] = {{"time", "stop"}};
  EXPECT_EQ(head.post(path + "/migration", wrong, 1).status, 400);
  const Answer moved = head.post(path + "/migration", order, 1);
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(json_of(moved)["stages"], Json({"accountability.receipt"}));

  const Json act = json_of(auditor.get(path + "/history"))["items"].back();
  EXPECT_EQ(act["type"], "case_migrated");
  EXPECT_EQ(act["title"]["zh"], "由流程第 1 版迁移到第 2 版");
  EXPECT_EQ(act["summary"]["zh"], "周岩（主要负责人）将本案由流程第 1 版迁移到第 2 版：新规定");
  EXPECT_EQ(act["reason"], "新规定");
  EXPECT_EQ(act["limits"][0]["before"]["amount"], 5);
  EXPECT_EQ(act["limits"][0]["after"]["amount"], 3);
}

}  // namespace
}  // namespace mingjian::testing
