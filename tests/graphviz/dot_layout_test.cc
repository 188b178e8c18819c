#include "adapters/graphviz/dot_layout.h"

#include <thread>

#include <gtest/gtest.h>

#include "engine/render/svg.h"
#include "tests/engine/render/samples.h"

namespace mingjian {
namespace {

using Kind = LayoutGraph::Link::Kind;

// A ladder with a link back and steps to leave from.
LayoutGraph sample() {
  return {{{100, 60, {20, 40}}, {80, 40, {}}, {120, 90, {30, 30, 30}}},
          {{0, 1, 1, Kind::kMain},
           {1, {}, 2, Kind::kMain},
           {0, 1, 2, Kind::kForward},
           {2, 2, 0, Kind::kBack}}};
}

bool apart(const LayoutGraph& graph, const GraphPlaces& places, std::size_t a, std::size_t b) {
  const Point& left = places.nodes[a];
  const Point& right = places.nodes[b];
  return left.x + graph.nodes[a].width <= right.x || right.x + graph.nodes[b].width <= left.x ||
         left.y + graph.nodes[a].height <= right.y || right.y + graph.nodes[b].height <= left.y;
}

// Whether the point lies on the edge of the node, or within a point of it.
bool touches(const LayoutGraph& graph, const GraphPlaces& places, std::size_t node, Point at) {
  constexpr double kNear = 3;
  const Point& corner = places.nodes[node];
  return at.x > corner.x - kNear && at.x < corner.x + graph.nodes[node].width + kNear &&
         at.y > corner.y - kNear && at.y < corner.y + graph.nodes[node].height + kNear;
}

TEST(DotLayout, KeepsNodesApartAndInsideAndBelowEachOther) {
  const LayoutGraph graph = sample();
  DotLayout layout;
  const auto places = layout.lay_out(graph);
  ASSERT_TRUE(places);
  ASSERT_EQ(places->nodes.size(), 3U);
  for (std::size_t node = 0; node < 3; ++node) {
    EXPECT_GE(places->nodes[node].x, -0.5);
    EXPECT_GE(places->nodes[node].y, -0.5);
    EXPECT_LE(places->nodes[node].x + graph.nodes[node].width, places->width + 0.5);
    EXPECT_LE(places->nodes[node].y + graph.nodes[node].height, places->height + 0.5);
    for (std::size_t other = 0; other < node; ++other) {
      EXPECT_TRUE(apart(graph, *places, node, other)) << node << " " << other;
    }
  }
  EXPECT_LT(places->nodes[0].y, places->nodes[1].y);
  EXPECT_LT(places->nodes[1].y, places->nodes[2].y);
}

TEST(DotLayout, LeadsEveryLinkFromItsStripToTheHeadOfItsTarget) {
  const LayoutGraph graph = sample();
  DotLayout layout;
  const auto places = layout.lay_out(graph);
  ASSERT_TRUE(places);
  ASSERT_EQ(places->links.size(), graph.links.size());
  for (std::size_t at = 0; at < graph.links.size(); ++at) {
    const auto& curve = places->links[at];
    ASSERT_GE(curve.size(), 4U) << at;
    EXPECT_EQ(curve.size() % 3, 1U) << at;
    EXPECT_TRUE(touches(graph, *places, graph.links[at].from, curve.front())) << at;
    EXPECT_TRUE(touches(graph, *places, graph.links[at].to, curve.back())) << at;
  }
  const double top = places->nodes[2].y + 60;  // of the third strip, from which the last link goes
  EXPECT_GE(places->links[3].front().y, top - 3);
  EXPECT_LE(places->links[3].front().y, top + 33);
}

TEST(DotLayout, IsTheSameForAllThreads) {
  const LayoutGraph graph = sample();
  const GraphPlaces first = DotLayout().lay_out(graph).value();
  std::vector<std::thread> threads;
  std::array<bool, 4> same{};
  for (bool& result : same) {
    threads.emplace_back([&] {
      DotLayout layout;
      const auto places = layout.lay_out(graph);
      result = places && places->nodes == first.nodes && places->links == first.links;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool result : same) EXPECT_TRUE(result);
}

TEST(DotLayout, OfNothingIsNothing) {
  DotLayout layout;
  const auto places = layout.lay_out({});
  ASSERT_TRUE(places);
  EXPECT_TRUE(places->nodes.empty());
}

TEST(DotLayout, LaysOutEveryShippedDefinitionWithoutLosingAWire) {
  DotLayout layout;
  for (const Definition& definition : testing::shipped_definitions()) {
    for (const Language language : {Language::kChinese, Language::kEnglish}) {
      const auto diagram = render::lay_out(render::Subject(definition), language, layout);
      ASSERT_TRUE(diagram) << definition.id();
      for (const render::Wire& wire : diagram->root.wires) EXPECT_GE(wire.curve.size(), 4U);
    }
  }
}

}  // namespace
}  // namespace mingjian
