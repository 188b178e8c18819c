#include "engine/render/scxml.h"

#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "tests/engine/render/samples.h"
#include "tests/engine/render/xml_document.h"

namespace mingjian::render {
namespace {

using testing::elements;
using ::testing::HasSubstr;
using testing::XmlElement;

XmlElement parsed(const Subject& subject) { return testing::parse_xml(scxml(subject)); }

XmlElement parsed(const std::string& json) {
  const auto source = parse_ordered_json(json);
  const auto chart = chart::compile(*source);
  return parsed(Subject(*chart, *source));
}

std::set<std::string> ids(const XmlElement& root) {
  std::set<std::string> all;
  for (const char* const name : {"state", "parallel", "final", "history"}) {
    for (const XmlElement* element : elements(root, name)) all.insert(element->attribute("id"));
  }
  return all;
}

// Every id that a target or an initial names, or "" where one is not there.
void expect_targets_exist(const XmlElement& root) {
  const auto known = ids(root);
  for (const char* const name : {"transition", "state", "scxml"}) {
    for (const XmlElement* element : elements(root, name)) {
      std::istringstream named(element->attribute("target") + " " + element->attribute("initial"));
      for (std::string id; named >> id;) EXPECT_TRUE(known.contains(id)) << id;
    }
  }
}

TEST(Scxml, HasEveryStateAndTransitionOfADefinition) {
  const Definition definition = testing::small_definition();
  EXPECT_THAT(scxml(Subject(definition)), HasSubstr("xmlns=\"http://www.w3.org/2005/07/scxml\""));
  const XmlElement root = parsed(Subject(definition));
  EXPECT_EQ(root.attribute("version"), "1.0");
  EXPECT_EQ(root.attribute("initial"), "small.intake");
  EXPECT_EQ(elements(root, "parallel").size(), 1U);
  EXPECT_EQ(elements(root, "final").size(), 3U);
  EXPECT_EQ(ids(root).size(), definition.chart().states().size() - 1);
  // And the default of the history.
  EXPECT_EQ(elements(root, "transition").size(), definition.chart().transitions().size() + 1);
  expect_targets_exist(root);
}

TEST(Scxml, KeepsGuardsAndTitlesBesideTheStructure) {
  const Definition definition = testing::small_definition();
  const XmlElement root = parsed(Subject(definition));
  const auto transitions = elements(root, "transition");
  EXPECT_EQ(transitions[0]->attribute("event"), "accept");
  EXPECT_EQ(transitions[0]->attribute("mj:guard"), R"({"==":[{"var":"context.urgent"},true]})");
  EXPECT_EQ(transitions[2]->attribute("mj:title"), "不予受理 <\"&>");
}

TEST(Scxml, MakesATimerADelayedEventThatIsCancelled) {
  const Definition definition = testing::small_definition();
  const XmlElement root = parsed(Subject(definition));
  const auto sent = elements(root, "send");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0]->attribute("delay"), "2592000000ms");
  EXPECT_EQ(elements(root, "cancel")[0]->attribute("sendid"), sent[0]->attribute("id"));
  std::size_t waiting = 0;
  for (const XmlElement* transition : elements(root, "transition")) {
    if (transition->attribute("event") == sent[0]->attribute("event")) ++waiting;
  }
  EXPECT_EQ(waiting, 1U);
}

TEST(Scxml, ReplacesIdsThatAreNoNamesAndKeepsThemBeside) {
  const XmlElement root = parsed(
      R"({"id": "m", "initial": "接收", "states": {"接收": {"on": {"go": "state"}}, "state": {"id": "state"}}})");
  const auto states = elements(root, "state");
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0]->attribute("id"), "state-");
  EXPECT_EQ(states[0]->attribute("mj:id"), "m.接收");
  EXPECT_EQ(states[1]->attribute("id"), "state");
  expect_targets_exist(root);
}

TEST(Scxml, MakesARootThatIsMoreThanADocumentAStateAndEndsWithIt) {
  const XmlElement root =
      parsed(R"({"id": "m", "type": "parallel", "on": {"x": {}}, "states": {"a": {}, "b": {}}})");
  ASSERT_EQ(root.children.size(), 2U);
  EXPECT_EQ(root.children[0].name, "parallel");
  EXPECT_EQ(root.children[1].name, "final");
  EXPECT_EQ(root.children[0].children[1].attribute("event"), "done.state.m");
  expect_targets_exist(root);
}

TEST(Scxml, HoldsForEveryShippedDefinition) {
  for (const Definition& definition : testing::shipped_definitions()) {
    const XmlElement root = parsed(Subject(definition));
    EXPECT_EQ(ids(root).size(), definition.chart().states().size() - 1) << definition.id();
    expect_targets_exist(root);
  }
}

}  // namespace
}  // namespace mingjian::render
