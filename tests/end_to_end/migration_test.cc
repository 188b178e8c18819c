// A new version of a definition, from its first comparison to the last case that moved.
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "api/cli/api_client.h"
#include "tests/support/program.h"

namespace mingjian {
namespace {

using testing::kDemonstration;
using testing::Ran;
using testing::run;
using testing::RunningServer;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// The procedures of the project with a second version of one, in which the first stage has another
// name and a shorter time limit.
class MigrationOnTheProgram : public testing::WithOffice {
 protected:
  void SetUp() override {
    WithOffice::SetUp();
    ASSERT_EQ(run("import " + kDemonstration + "/cases.jsonl --as he-qing " + options_).code, 0);
    const auto workflows = folder_ / "workflows";
    std::filesystem::copy(std::string(MINGJIAN_SOURCE_DIR) + "/workflows", workflows,
                          std::filesystem::copy_options::recursive);
    first_ = (workflows / "accountability" / "definition.json").string();
    std::stringstream text;
    text << std::ifstream(first_).rdbuf();
    auto next = nlohmann::ordered_json::parse(text.str());
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
    mapping_ = (folder_ / "mapping.json").string();
    std::ofstream(mapping_) << R"({"states": {"accountability.intake": "accountability.receipt"}})";
    next_options_ =
        "--store " + (folder_ / "cases.db").string() + " --workflows " + workflows.string();
  }

  [[nodiscard]] Ran migrate(const std::string& person, const std::string& more) const {
    return run("migrate --definition accountability --to 2 --reason new-rules --as " + person +
               " " + more + " " + next_options_);
  }

  std::string first_;
  std::string second_;
  std::string mapping_;
  std::string next_options_;
};

TEST_F(MigrationOnTheProgram, ComparesPreviewsAndMovesTheCases) {
  const std::string workflows = "--workflows " MINGJIAN_SOURCE_DIR "/workflows";
  EXPECT_EQ(run("diff " + first_ + " " + first_ + " " + workflows).code, 0);
  const Ran compared = run("diff " + first_ + " " + second_ + " --format json " + workflows);
  EXPECT_EQ(compared.code, 1);
  const auto changes = nlohmann::json::parse(compared.out)["changes"];
  EXPECT_TRUE(std::any_of(changes.begin(), changes.end(), [](const auto& change) {
    return change["kind"] == "state_removed" && change["subject"] == "accountability.intake";
  })) << compared.out;

  const Ran unmoved = run("impact " + first_ + " " + options_);
  EXPECT_EQ(unmoved.code, 0) << unmoved.out;
  const Ran foreseen = run("impact " + second_ + " --format json " + options_);
  EXPECT_EQ(foreseen.code, 1);
  const auto summary = nlohmann::json::parse(
      foreseen.out.substr(foreseen.out.rfind('\n', foreseen.out.size() - 2) + 1))["summary"];
  EXPECT_GT(summary["running"], 0);
  EXPECT_EQ(summary["affected"], summary["running"]);
  const std::string running = summary["running"].dump();

  const Ran unmapped = migrate("zhou-yan", "--all");
  EXPECT_EQ(unmapped.code, 1);
  EXPECT_TRUE(contains(unmapped.out, "refused: " + running)) << unmapped.out;
  EXPECT_TRUE(contains(unmapped.out, "name one in the mapping")) << unmapped.out;
  const Ran by_another = migrate("chen-gang", "--all --mapping " + mapping_);
  EXPECT_EQ(by_another.code, 1);
  EXPECT_TRUE(contains(by_another.out, "the main head decides")) << by_another.out;

  const std::string all = "--all --mapping " + mapping_;
  const Ran preview = migrate("zhou-yan", all);
  EXPECT_EQ(preview.code, 0) << preview.out;
  EXPECT_TRUE(contains(preview.out, "could move: " + running)) << preview.out;
  EXPECT_TRUE(contains(preview.out, "its history would be the same")) << preview.out;
  const Ran moved = migrate("zhou-yan", all + " --apply");
  EXPECT_EQ(moved.code, 0) << moved.out;
  EXPECT_TRUE(contains(moved.out, "moved: " + running)) << moved.out;
  const Ran again = migrate("zhou-yan", all + " --apply");
  EXPECT_TRUE(contains(again.out, "moved: 0")) << again.out;
  EXPECT_EQ(run("verify " + next_options_).code, 0);
}

TEST_F(MigrationOnTheProgram, IsPreviewedAndOrderedOverHttp) {
  const RunningServer server(next_options_);
  std::map<std::string, std::string> passwords;
  for (const char* person : {"zhou-yan", "qiu-shi"}) passwords[person] = "demo-mingjian-2026";
  cli::ApiClient client(server.address(), passwords);
  const auto cases = client.get("zhou-yan", "/api/v1/cases?definition=accountability&limit=1");
  ASSERT_TRUE(cases) << cases.error().message.en;
  const std::string path = "/api/v1/cases/" + (*cases)["items"][0]["id"].get<std::string>();

  const auto preview = client.get("zhou-yan", path + "/migration?to=2");
  ASSERT_TRUE(preview) << preview.error().message.en;
  EXPECT_FALSE((*preview)["allowed"]);
  EXPECT_EQ((*preview)["obstacles"][0]["kind"], "state");
  EXPECT_EQ((*preview)["replay"]["diverges_at"], 1);
  EXPECT_FALSE(client.get("zhou-yan", path + "/migration?to=9"));

  const Json order = {{"version", 2},
                      {"states", {{"accountability.intake", "accountability.receipt"}}},
                      {"reason", "新规定"}};
  EXPECT_FALSE(client.post("qiu-shi", path + "/migration", order, 1, "move-1"));
  Json wrong = order;
  wrong["carry"] = {{"time", "stop"}};
  EXPECT_FALSE(client.post("zhou-yan", path + "/migration", wrong, 1, "move-2"));
  const auto moved = client.post("zhou-yan", path + "/migration", order, 1, "move-3");
  ASSERT_TRUE(moved) << moved.error().message.en;
  EXPECT_EQ((*moved)["stages"], Json({"accountability.receipt"}));

  const auto history = client.get("qiu-shi", path + "/history");
  ASSERT_TRUE(history) << history.error().message.en;
  const Json act = (*history)["items"].back();
  EXPECT_EQ(act["type"], "case_migrated");
  EXPECT_EQ(act["title"]["zh"], "由流程第 1 版迁移到第 2 版");
  EXPECT_EQ(act["reason"], "新规定");
  EXPECT_EQ(act["limits"][0]["before"]["amount"], 5);
  EXPECT_EQ(act["limits"][0]["after"]["amount"], 3);
}

}  // namespace
}  // namespace mingjian
