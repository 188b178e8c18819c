#include "engine/service/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/engine/render/samples.h"

namespace mingjian {
namespace {

using ::testing::UnorderedElementsAre;

class TraceTest : public ::testing::Test {
 protected:
  static EventRecord record(Version version, EventBody body) {
    const Event event{version, {}, {}, PersonId("lin-wei"), {}, std::move(body)};
    return {CaseId("c"), version, type_of(event), {}, {}, event.actor, to_json(event).dump()};
  }
  // A case in "check", where the papers are there and the talk was not held.
  static CaseState in_check() {
    CaseState state;
    state.chart = {{"configuration", {"small.check.papers.there", "small.check.talk.open"}}};
    return state;
  }
  template <class Indices>
  std::vector<std::string> ids(const Indices& states) const {
    std::vector<std::string> all;
    for (const auto state : states) all.push_back(definition_.chart().state(state).id);
    return all;
  }

  const Definition definition_ = testing::small_definition();
};

TEST_F(TraceTest, TellsWhereACaseIsAndHasBeenAndByWhichWay) {
  CaseFiled filed;
  filed.step.entered = {"small", "small.intake"};
  TransitionFired fired;
  fired.step.taken = {"/states/intake/on/accept/1"};
  fired.step.left = {"small.intake"};
  fired.step.entered = {"small.check", "small.check.papers", "small.check.papers.there"};
  const auto marks =
      trace(definition_, in_check(),
            {record(1, filed), record(2, NoteAdded{"已电话核实"}), record(3, fired)});
  ASSERT_TRUE(marks) << marks.error().message.en;
  EXPECT_THAT(
      ids(marks->current),
      UnorderedElementsAre("small", "small.check", "small.check.papers", "small.check.papers.there",
                           "small.check.talk", "small.check.talk.open"));
  EXPECT_THAT(ids(marks->visited),
              UnorderedElementsAre("small", "small.intake", "small.check", "small.check.papers",
                                   "small.check.papers.there"));
  ASSERT_EQ(marks->taken.size(), 1U);
  EXPECT_EQ(definition_.chart().transition(*marks->taken.begin()).pointer,
            "/states/intake/on/accept/1");
}

TEST_F(TraceTest, SaysWhatDoesNotFit) {
  EventRecord damaged = record(1, CaseFiled{});
  damaged.body = "{";
  const auto unread = trace(definition_, in_check(), {damaged});
  ASSERT_FALSE(unread);
  EXPECT_EQ(unread.error().kind, ErrorKind::kCorrupt);
  CaseState elsewhere;
  elsewhere.chart = {{"configuration", {"small.nowhere"}}};
  const auto unknown = trace(definition_, elsewhere, {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::kCorrupt);
}

}  // namespace
}  // namespace mingjian
