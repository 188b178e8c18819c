#include "engine/render/mermaid.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "tests/engine/render/samples.h"

namespace mingjian::render {
namespace {

TEST(Mermaid, ShowsHierarchyRegionsHistoryApprovalsAndTimeLimits) {
  const Definition definition = testing::small_definition();
  EXPECT_EQ(mermaid(Subject(definition), Language::kEnglish),
            testing::read_file(testing::project_file("tests/engine/render/data/small.mermaid")));
}

TEST(Mermaid, DrawsTheRootWhereItHasTransitionsOfItsOwn) {
  const auto source = parse_ordered_json(
      R"({"id": "m", "initial": "a", "on": {"stop": ".b"}, "states": {"a": {}, "b": {}}})");
  const auto chart = chart::compile(*source);
  EXPECT_EQ(mermaid(Subject(*chart, *source), Language::kEnglish), R"(stateDiagram-v2
  accTitle: m
  state "m" as s0 {
    state "a" as s1
    state "b" as s2
    [*] --> s1
  }
  [*] --> s0
  s0 --> s0 : stop ▸ b
)");
}

}  // namespace
}  // namespace mingjian::render
