#include "engine/chart/placement.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "engine/chart/compile.h"

namespace mingjian::chart {
namespace {

using Ids = std::vector<std::string>;

// Work side by side that can be suspended, a way that only time opens, a place without a way on,
// and one (a3) without a way to it.
const Chart& procedure() {
  static const Chart kChart = compile(OrderedJson::parse(R"({
    "id": "p", "initial": "start", "states": {
      "start": {"on": {"begin": "work", "lose": "lost"}},
      "work": {"type": "parallel", "onDone": "waiting", "on": {"suspend": "pause"}, "states": {
        "a": {"initial": "a1", "states": {"a1": {"on": {"go": "a2"}}, "a2": {"type": "final"}, "a3": {}}},
        "b": {"initial": "b1", "states": {"b1": {"on": {"go": "b2"}}, "b2": {"type": "final"}}},
        "back": {"type": "history", "history": "deep"}}},
      "pause": {"on": {"resume": "work.back"}},
      "waiting": {"after": {"P1D": "closed"}},
      "lost": {"on": {"turn": "lost"}},
      "closed": {"type": "final"}}})"))
                                  .value();
  return kChart;
}

std::vector<StateIndex> indices(const Ids& ids) {
  std::vector<StateIndex> states;
  for (const std::string& id : ids) states.push_back(procedure().find("p." + id).value());
  return states;
}

Snapshot at(const Ids& ids) {
  Snapshot snapshot;
  snapshot.configuration = configuration_with(procedure(), indices(ids)).value();
  snapshot.context = Json::object();
  return snapshot;
}

Ids names(const StateSet& states) {
  Ids ids;
  for (const StateIndex state : states.members()) ids.push_back(procedure().state(state).id);
  return ids;
}

TEST(ConfigurationWith, CompletesWhatIsNotNamedByDefault) {
  const auto leaves = [](const Ids& ids) { return active_leaf_ids(procedure(), at(ids)); };
  EXPECT_EQ(leaves({"start"}), (Ids{"p.start"}));
  EXPECT_EQ(leaves({"work"}), (Ids{"p.work.a.a1", "p.work.b.b1"}));
  EXPECT_EQ(leaves({"work.b.b2"}), (Ids{"p.work.a.a1", "p.work.b.b2"}));
  EXPECT_EQ(leaves({"work.a.a2", "work.b.b2"}), (Ids{"p.work.a.a2", "p.work.b.b2"}));
}

TEST(ConfigurationWith, IsNoneWhereStatesExcludeEachOtherOrThereAreNone) {
  EXPECT_FALSE(configuration_with(procedure(), indices({"start", "pause"})));
  EXPECT_FALSE(configuration_with(procedure(), indices({"work.a.a1", "work.a.a2"})));
  EXPECT_FALSE(configuration_with(procedure(), indices({"work.a.a1", "start"})));
  EXPECT_FALSE(configuration_with(procedure(), {}));
}

TEST(Reachable, FollowsEventsTimeAndDoneButNotBack) {
  const auto from = [](const Ids& ids) { return names(reachable(procedure(), at(ids))); };
  EXPECT_EQ(from({"waiting"}), (Ids{"p", "p.waiting", "p.closed"}));
  EXPECT_EQ(from({"lost"}), (Ids{"p", "p.lost"}));
  // All but the history state and a state that no transition leads to.
  EXPECT_EQ(from({"start"}).size(), procedure().states().size() - 2);
  // Suspended, the work resumes where nothing was recorded at its beginning.
  const Ids paused = from({"pause"});
  EXPECT_EQ(std::count(paused.begin(), paused.end(), "p.work.a.a1"), 1);
  EXPECT_EQ(std::count(paused.begin(), paused.end(), "p.start"), 0);
}

TEST(Reachable, BringsBackWhatWasRecorded) {
  Snapshot paused = at({"pause"});
  paused.history.push_back(
      {procedure().find("p.work.back").value(), indices({"work.a.a3", "work.b.b1"})});
  const Ids found = names(reachable(procedure(), paused));
  EXPECT_EQ(std::count(found.begin(), found.end(), "p.work.a.a3"), 1);
}

TEST(ReachesEnd, IsAskedOfTheWholeChart) {
  const auto ends = [](const Ids& ids) {
    return reaches_end(procedure(), reachable(procedure(), at(ids)));
  };
  EXPECT_TRUE(ends({"start"}));
  EXPECT_TRUE(ends({"pause"}));
  EXPECT_FALSE(ends({"lost"}));
}

TEST(Settle, TakesEventlessTransitionsAndNothingElse) {
  const Chart chart = compile(OrderedJson::parse(R"({
    "id": "s", "initial": "one", "states": {
      "one": {"entry": {"assign": {"entered": true}}, "always": "two", "on": {"go": "three"}},
      "two": {"on": {"go": "three"}}, "three": {}}})"))
                          .value();
  Snapshot snapshot;
  snapshot.configuration = configuration_with(chart, {chart.find("s.one").value()}).value();
  snapshot.context = Json::object();
  const Macrostep settled = settle(chart, snapshot, {}, 0);
  EXPECT_EQ(active_leaf_ids(chart, settled.after), (Ids{"s.two"}));
  EXPECT_EQ(settled.after.context, Json::object()) << "placing runs no actions";
  EXPECT_TRUE(settle(chart, settled.after, {}, 0).microsteps.empty());
}

}  // namespace
}  // namespace mingjian::chart
