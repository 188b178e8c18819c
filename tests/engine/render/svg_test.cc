#include "engine/render/svg.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/engine/render/samples.h"
#include "tests/engine/render/xml_document.h"
#include "tests/support/stack_layout.h"

namespace mingjian::render {
namespace {

using testing::elements;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::XmlElement;

Diagram diagram_of(const Definition& definition, Language language = Language::kChinese) {
  testing::StackLayout layout;
  return lay_out(Subject(definition), language, layout).value();
}

std::map<std::string, const XmlElement*> states_of(const XmlElement& root) {
  std::map<std::string, const XmlElement*> states;
  for (const XmlElement* group : elements(root, "g")) {
    const std::string id = group->attribute("data-state");
    if (id.empty()) continue;
    EXPECT_FALSE(states.contains(id)) << id;
    states[id] = group;
  }
  return states;
}

TEST(Svg, ShowsEveryStateOnceAndIsAccessible) {
  const Definition definition = testing::small_definition();
  const XmlElement root = testing::parse_xml(svg(diagram_of(definition)));
  EXPECT_EQ(states_of(root).size(), definition.chart().states().size());
  EXPECT_EQ(root.attribute("role"), "img");
  EXPECT_EQ(root.attribute("xml:lang"), "zh");
  EXPECT_EQ(root.children[0].name, "title");
  EXPECT_EQ(root.children[1].name, "desc");
}

TEST(Svg, NeedsNothingBesideItAndRunsNothing) {
  const std::string text = svg(diagram_of(testing::small_definition()));
  const XmlElement root = testing::parse_xml(text);
  EXPECT_TRUE(elements(root, "script").empty());
  EXPECT_TRUE(elements(root, "image").empty());
  for (const XmlElement* use : elements(root, "use")) {
    EXPECT_EQ(use->attribute("xlink:href").front(), '#');
  }
  EXPECT_THAT(text, Not(HasSubstr("@import")));
  EXPECT_THAT(text, Not(HasSubstr(" on")));
}

TEST(Svg, EscapesTitlesAndNamesTargetsThatNoWireLeadsTo) {
  const std::string text = svg(diagram_of(testing::small_definition()));
  EXPECT_THAT(text, HasSubstr("不予受理 &lt;&quot;&amp;&gt;"));
  EXPECT_THAT(text, HasSubstr("直接了结 ▸ 办结"));
  EXPECT_THAT(text, HasSubstr("恢复 ▸ 中止前"));
  EXPECT_THAT(text, HasSubstr("补记 ↺"));
}

TEST(Svg, ShowsApprovalsTimeLimitsAndAlternativesOfOneStep) {
  const Diagram diagram = diagram_of(testing::small_definition(), Language::kEnglish);
  const Block& intake = diagram.root.inside[0];
  ASSERT_EQ(intake.strips.size(), 4U);
  EXPECT_EQ(intake.strips[0].lines[1].text, "5 working days from receipt");
  const Strip& accept = intake.strips[1];
  EXPECT_EQ(accept.transitions.size(), 2U);
  ASSERT_EQ(accept.lines.size(), 3U);
  EXPECT_EQ(accept.lines[1].text, "deputy in charge");
  EXPECT_EQ(accept.lines[2].text, "deputy in charge → main head");
  EXPECT_THAT(accept.tip, HasSubstr("if: it is urgent"));
}

TEST(Svg, JoinsTheAlternativesInOneWireAndTellsTheMainLine) {
  const Diagram diagram = diagram_of(testing::small_definition());
  const auto leading = [&](std::size_t from, std::size_t to) {
    std::vector<const Wire*> found;
    for (const Wire& wire : diagram.root.wires) {
      if (wire.from == from && wire.to == to) found.push_back(&wire);
    }
    return found;
  };
  // intake, check, pause, closed, and the start.
  ASSERT_EQ(diagram.root.inside.size(), 5U);
  ASSERT_EQ(leading(0, 1).size(), 1U);
  EXPECT_EQ(leading(0, 1)[0]->transitions.size(), 2U);
  EXPECT_EQ(leading(0, 1)[0]->kind, Wire::Kind::kMain);
  EXPECT_EQ(leading(0, 3)[0]->kind, Wire::Kind::kForward);
  EXPECT_EQ(leading(2, 0)[0]->kind, Wire::Kind::kBack);
  EXPECT_EQ(leading(4, 0).size(), 1U);
}

TEST(Svg, MarksWhereACaseIsAndHasBeen) {
  const Definition definition = testing::small_definition();
  const Diagram diagram = diagram_of(definition);
  const chart::Chart& chart = definition.chart();
  const Marks marks{{*chart.find("small.check")}, {*chart.find("small.intake")}, {0}};
  const std::string text = svg(diagram, marks);
  const XmlElement root = testing::parse_xml(text);
  const auto states = states_of(root);
  EXPECT_THAT(states.at("small.check")->attribute("class"), HasSubstr("current"));
  EXPECT_THAT(states.at("small.intake")->attribute("class"), HasSubstr("visited"));
  EXPECT_THAT(states.at("small.pause")->attribute("class"), Not(HasSubstr("visited")));
  EXPECT_THAT(text, HasSubstr("class=\"wire taken\""));
  EXPECT_THAT(text, HasSubstr("现在"));
  EXPECT_THAT(svg(diagram), Not(HasSubstr("class=\"wire taken\"")));
}

TEST(Svg, NothingOfABlockReachesBeyondItsHolder) {
  const auto check = [](const auto& self, const Block& block) -> void {
    for (const Block& inner : block.inside) {
      EXPECT_GE(inner.at.x, 0) << inner.id;
      EXPECT_GE(inner.at.y, 0) << inner.id;
      EXPECT_LE(inner.at.x + inner.width, block.width) << inner.id;
      EXPECT_LE(inner.at.y + inner.height, block.height) << inner.id;
      self(self, inner);
    }
  };
  for (const Definition& definition : testing::shipped_definitions()) {
    check(check, diagram_of(definition).root);
  }
}

TEST(Svg, CannotBeDrawnWithoutALayout) {
  testing::NoLayout layout;
  const Definition definition = testing::small_definition();
  EXPECT_FALSE(lay_out(Subject(definition), Language::kChinese, layout));
}

}  // namespace
}  // namespace mingjian::render
