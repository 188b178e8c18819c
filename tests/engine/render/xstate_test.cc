#include "engine/render/xstate.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/chart/compile.h"
#include "tests/engine/render/samples.h"

namespace mingjian::render {
namespace {

// The place of "#root.ab" in a config, or nullptr. Keys of the definitions here have no dots.
const OrderedJson* find_target(const OrderedJson& config, const std::string& target) {
  const std::string root = "#" + config["id"].get<std::string>();
  if (!target.starts_with(root)) return nullptr;
  const OrderedJson* place = &config;
  for (std::size_t at = root.size(); at < target.size();) {
    const std::size_t end = std::min(target.find('.', at + 1), target.size());
    const std::string key = target.substr(at + 1, end - at - 1);
    if (!place->contains("states") || !(*place)["states"].contains(key)) return nullptr;
    place = &(*place)["states"][key];
    at = end;
  }
  return place;
}

struct Count {
  std::size_t states = 0;
  std::size_t transitions = 0;
};

void count_list(const OrderedJson& config, const OrderedJson& list, Count& count) {
  count.transitions += list.size();
  for (const OrderedJson& transition : list) {
    if (!transition.contains("target")) continue;
    const OrderedJson targets = transition["target"].is_array()
                                    ? transition["target"]
                                    : OrderedJson::array({transition["target"]});
    for (const OrderedJson& target : targets)
      EXPECT_NE(find_target(config, target.get<std::string>()), nullptr) << target;
  }
}

void count_state(const OrderedJson& config, const OrderedJson& state, Count& count) {
  ++count.states;
  const OrderedJson none = OrderedJson::object();
  for (const char* const key : {"on", "after"}) {
    const OrderedJson groups = state.value(key, none);
    for (const auto& [name, list] : groups.items()) count_list(config, list, count);
  }
  for (const char* const key : {"onDone", "always"}) {
    if (state.contains(key)) count_list(config, state[key], count);
  }
  const OrderedJson states = state.value("states", none);
  for (const auto& [name, child] : states.items()) count_state(config, child, count);
}

void expect_whole(const chart::Chart& chart, const OrderedJson& config) {
  Count count;
  count_state(config, config, count);
  EXPECT_EQ(count.states, chart.states().size()) << chart.id();
  EXPECT_EQ(count.transitions, chart.transitions().size()) << chart.id();
}

TEST(Xstate, HasTheSameStatesAndTransitionsAndItsTargetsAreThere) {
  for (const Definition& definition : testing::shipped_definitions()) {
    expect_whole(definition.chart(), xstate(Subject(definition)));
  }
  const Definition small = testing::small_definition();
  expect_whole(small.chart(), xstate(Subject(small)));
}

TEST(Xstate, NamesGuardsAndKeepsTheirLogicBeside) {
  const Definition definition = testing::small_definition();
  const OrderedJson config = xstate(Subject(definition));
  const OrderedJson& accept = config["states"]["intake"]["on"]["accept"][0];
  EXPECT_EQ(accept["guard"], "guard:/states/intake/on/accept/0");
  EXPECT_EQ(accept["target"], "#small.check");
  EXPECT_EQ(accept["meta"]["guard"].dump(), R"({"==":[{"var":"context.urgent"},true]})");
}

TEST(Xstate, HasHistoryTimersAndInitialStatesInItsOwnTerms) {
  const Definition definition = testing::small_definition();
  const OrderedJson config = xstate(Subject(definition));
  EXPECT_EQ(config["initial"], "intake");
  EXPECT_EQ(config["version"], "3");
  EXPECT_EQ(config["states"]["check"]["type"], "parallel");
  EXPECT_EQ(config["states"]["check"]["states"]["before"]["history"], "deep");
  EXPECT_EQ(config["states"]["pause"]["after"]["2592000000"][0]["target"], "#small.intake");
  EXPECT_EQ(config["states"]["closed"]["type"], "final");
}

TEST(Xstate, GivesActionsATypeAndParameters) {
  const auto source = parse_ordered_json(R"({"id": "m", "initial": "ab", "context": {"n": 0},
    "states": {"ab": {"entry": {"assign": {"n": 1}}, "on": {"go": "#own"}},
               "c": {"id": "own", "exit": [{"type": "notify", "params": {"to": 1}}]}}})");
  ASSERT_TRUE(source);
  const auto chart = chart::compile(*source);
  ASSERT_TRUE(chart) << chart.error().message.en;
  const OrderedJson config = xstate(Subject(*chart, *source));
  EXPECT_EQ(config["states"]["ab"]["entry"].dump(), R"([{"type":"assign","params":{"n":1}}])");
  EXPECT_EQ(config["states"]["c"]["exit"].dump(), R"([{"type":"notify","params":{"to":1}}])");
  EXPECT_EQ(config["states"]["ab"]["on"]["go"][0]["target"], "#m.c");
}

}  // namespace
}  // namespace mingjian::render
