#include "engine/render/span.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"

namespace mingjian::render {
namespace {

TEST(Span, IsSeenFromTheInnermostStateThatHoldsBothEnds) {
  const auto source = parse_ordered_json(R"({"id": "m", "initial": "a", "states": {
    "a": {"initial": "b", "states": {"b": {"initial": "c", "states": {"c": {}}}, "d": {}}},
    "e": {"initial": "f", "states": {"f": {}}}}})");
  const auto chart = chart::compile(*source);
  const auto state = [&](const std::string& id) { return *chart->find(id); };
  struct Case {
    std::string source, target, holder, from, to;
  };
  const Case cases[] = {
      {"m.a", "m.e", "m", "m.a", "m.e"},       {"m.a.b.c", "m.a.d", "m.a", "m.a.b", "m.a.d"},
      {"m.a.b.c", "m.e.f", "m", "m.a", "m.e"}, {"m.a.b.c", "m.a", "m", "m.a", "m.a"},
      {"m.a", "m.a.b.c", "m", "m.a", "m.a"},   {"m.a.d", "m.a.d", "m.a", "m.a.d", "m.a.d"},
  };
  for (const Case& each : cases) {
    const Span wanted{state(each.holder), state(each.from), state(each.to)};
    EXPECT_EQ(span(*chart, state(each.source), state(each.target)), wanted)
        << each.source << " to " << each.target;
  }
  EXPECT_EQ(span(*chart, state("m"), state("m.a")), (Span{chart::kNoState, 0, 0}));
}

}  // namespace
}  // namespace mingjian::render
