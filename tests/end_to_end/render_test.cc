// `mingjian diagram` and `mingjian manual` on files.
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/conformance_files.h"
#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace mingjian {
namespace {

using ::testing::HasSubstr;
using testing::Ran;
using testing::run;
using ::testing::StartsWith;

const std::string kClue = std::string(MINGJIAN_SOURCE_DIR) + "/workflows/clue/definition.json";

class Rendering : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.file(name)) << text;
    return folder_.file(name);
  }

  testing::TemporaryFolder folder_;
};

TEST_F(Rendering, DrawsADefinitionWithTheRegisterAroundIt) {
  const std::string target = folder_.file("clue.svg");
  const Ran drawn = run("diagram " + kClue + " --output " + target);
  EXPECT_EQ(drawn.code, 0) << drawn.out;
  EXPECT_EQ(drawn.out, "");
  EXPECT_THAT(testing::read_file(target), HasSubstr("</svg>"));
}

TEST_F(Rendering, WritesEveryFormatOfAStatechartAlone) {
  const std::string chart = file("chart.json", R"({"id": "m", "initial": "a", "states":
      {"a": {"on": {"go": "b"}}, "b": {"type": "final"}}})");
  EXPECT_THAT(run("diagram " + chart).out, HasSubstr("data-state=\"m.b\""));
  EXPECT_THAT(run("diagram --format mermaid " + chart).out, StartsWith("stateDiagram-v2"));
  EXPECT_THAT(run("diagram --format scxml " + chart).out, HasSubstr("<final id=\"m.b\">"));
  EXPECT_THAT(run("diagram --format xstate " + chart).out, HasSubstr("\"target\": \"#m.b\""));
}

TEST_F(Rendering, WritesTheManualInBothLanguages) {
  EXPECT_THAT(run("manual " + kClue).out, HasSubstr("## 权限矩阵"));
  EXPECT_THAT(run("manual --lang en " + kClue).out, HasSubstr("## Permission matrix"));
}

// A definition is never drawn as a mere statechart because something of it is wrong.
TEST_F(Rendering, RefusesADefinitionThatDoesNotHold) {
  const std::string wrong = file("wrong.json", R"({"id": "m", "initial": "a", "filing": {},
      "states": {"a": {}}})");
  const Ran drawn = run("diagram " + wrong + " --workflows " + MINGJIAN_SOURCE_DIR + "/workflows");
  EXPECT_EQ(drawn.code, 2);
  EXPECT_THAT(drawn.out, HasSubstr("wrong.json: "));
}

TEST_F(Rendering, RefusesWhatItCannotReadOrWrite) {
  EXPECT_EQ(run("diagram " + folder_.file("none.json")).code, 2);
  EXPECT_EQ(run("diagram " + file("text.json", "{")).code, 2);
  EXPECT_EQ(run("diagram " + kClue + " --format gif").code, 2);
  EXPECT_EQ(run("diagram " + kClue + " --output " + folder_.file("no/file")).code, 2);
  const std::string chart =
      file("chart.json", R"({"id": "m", "initial": "a", "states": {"a": {}}})");
  EXPECT_EQ(run("manual " + chart).code, 2);
}

}  // namespace
}  // namespace mingjian
