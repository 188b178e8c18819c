#include "engine/service/definition_obstacles.h"

#include <gmock/gmock.h>

#include "tests/engine/service/uploads.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAreArray;

using enum DefinitionAct;
using enum ObstacleKind;

constexpr Instant kNow{1'780'000'000'000'000};
constexpr Instant kBefore{kNow.microseconds - 1};
constexpr Instant kAfter{kNow.microseconds + 1};
constexpr Instant kLater{kNow.microseconds + 2};

std::vector<ObstacleKind> kinds_of(const std::vector<Obstacle>& obstacles) {
  std::vector<ObstacleKind> kinds;
  for (const Obstacle& obstacle : obstacles) {
    kinds.push_back(obstacle.kind);
    EXPECT_FALSE(obstacle.message.zh.empty());
    EXPECT_FALSE(obstacle.message.en.empty());
  }
  return kinds;
}

struct Proposal {
  std::string what;
  Period asked;
  std::optional<std::int64_t> newest;
  std::vector<ObstacleKind> obstacles;
};

TEST(ProposalObstacles, AreTheVersionAndTheDates) {
  const Definition definition = load(clue_source(2)).value();
  for (const Proposal& each : std::vector<Proposal>{
           {"a next version", {}, 1, {}},
           {"a first version", {}, std::nullopt, {}},
           {"the same version", {}, 2, {kForm}},
           {"an older version", {}, 3, {kForm}},
           {"from now", {kNow, std::nullopt}, 1, {}},
           {"from later", {kAfter, std::nullopt}, 1, {}},
           {"from before now", {kBefore, std::nullopt}, 1, {kTime}},
           {"with an end", {std::nullopt, kAfter}, 1, {}},
           {"ended now", {std::nullopt, kNow}, 1, {kTime}},
           {"from later until even later", {kAfter, kLater}, 1, {}},
           {"ends as it begins", {kAfter, kAfter}, 1, {kTime}},
           {"ends before it begins", {kLater, kAfter}, 1, {kTime}},
           {"all of it", {kBefore, kBefore}, 2, {kForm, kTime, kTime}},
       }) {
    const auto obstacles = proposal_obstacles(definition, each.asked, each.newest, kNow);
    EXPECT_THAT(kinds_of(obstacles), ElementsAreArray(each.obstacles)) << each.what;
  }
}

TEST(ProposalObstacles, SayWhereTheVersionStands) {
  const Definition definition = load(clue_source(2)).value();
  EXPECT_EQ(proposal_obstacles(definition, {}, 2, kNow)[0].pointer, "/version");
}

struct Decided {
  std::string what;
  DefinitionAct act;
  std::string actor;
  std::string opinion;
  std::vector<ObstacleKind> obstacles;
};

TEST(DecisionObstacles, AreThePersonAndTheOpinion) {
  const DefinitionRecord record = proposed({"clue", 2, {}, clue_source(2)}, kNow);
  for (const Decided& each : std::vector<Decided>{
           {"another confirms", kConfirmed, "sun", "", {}},
           {"another rejects", kRejected, "sun", "不妥", {}},
           {"rejects without a word", kRejected, "sun", " \n", {kForm}},
           {"confirms his own", kConfirmed, "li", "", {kSeparation}},
           {"rejects his own", kRejected, "li", "不妥", {kSeparation}},
       }) {
    const auto obstacles =
        decision_obstacles(record, each.act, PersonId(each.actor), each.opinion, kNow);
    EXPECT_THAT(kinds_of(obstacles), ElementsAreArray(each.obstacles)) << each.what;
  }
}

TEST(DecisionObstacles, AreAnEarlierDecision) {
  const auto record = decided({"clue", 2, {}, clue_source(2)}, kRejected, kNow);
  const auto obstacles = decision_obstacles(record, kConfirmed, PersonId("zhou"), "", kNow);
  EXPECT_THAT(kinds_of(obstacles), ElementsAreArray({kState}));
}

TEST(DecisionObstacles, AreAPeriodThatEndedMeanwhile) {
  const auto record = proposed({"clue", 2, {std::nullopt, kAfter}, clue_source(2)}, kNow);
  const auto obstacles_at = [&](DefinitionAct act, Instant now) {
    return kinds_of(decision_obstacles(record, act, PersonId("sun"), "不妥", now));
  };
  EXPECT_TRUE(obstacles_at(kConfirmed, kNow).empty());
  EXPECT_THAT(obstacles_at(kConfirmed, kAfter), ElementsAreArray({kTime}));
  EXPECT_TRUE(obstacles_at(kRejected, kAfter).empty());
}

}  // namespace
}  // namespace mingjian::testing
