#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "engine/render/mermaid.h"
#include "engine/render/scxml.h"
#include "engine/render/xstate.h"
#include "tests/engine/render/samples.h"
#include "tests/engine/render/xml_document.h"

namespace mingjian::render {
namespace {

constexpr JsonLimits kLimits{
    .bytes = 64 << 20, .depth = 512, .members = 1 << 20, .string_bytes = 16 << 20};

// The charts of the conformance suite use every feature of the language.
TEST(EveryChart, OfTheConformanceSuiteIsRendered) {
  const auto file = testing::project_file("tests/conformance/data/statecharts-generated.json");
  const auto suite = parse_ordered_json(testing::read_file(file), kLimits);
  ASSERT_TRUE(suite);
  for (const OrderedJson& test : (*suite)["tests"]) {
    const auto chart = chart::compile(test["definition"]);
    ASSERT_TRUE(chart) << test["name"];
    const Subject subject(*chart, test["definition"]);
    EXPECT_NO_THROW(testing::parse_xml(scxml(subject))) << test["name"];
    const std::string drawn = mermaid(subject, Language::kEnglish);
    const OrderedJson config = xstate(subject);
    EXPECT_EQ(config["id"], chart->id());
    for (chart::StateIndex state = 1; state < chart->states().size(); ++state) {
      EXPECT_NE(drawn.find(" as s" + std::to_string(state)), std::string::npos) << test["name"];
    }
  }
}

}  // namespace
}  // namespace mingjian::render
