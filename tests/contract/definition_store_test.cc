#include <array>
#include <limits>
#include <thread>

#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

DefinitionVersion version_of(const std::string& id, std::int64_t version) {
  return {id, version, {}, "{\"id\":\"" + id + "\"}"};
}

DefinitionEvent event_of(const DefinitionVersion& version, DefinitionAct act,
                         const std::string& actor, std::int64_t at) {
  return {version.id, version.version, act, PersonId(actor), Instant{at}, "digest", "同意"};
}

IdempotencyRecord answer(const std::string& person, const std::string& key) {
  return {PersonId(person), key, "fingerprint of " + key, "answer to " + key, Instant{7}};
}

class DefinitionStoreContract : public AdapterContract {
 protected:
  // Proposes it as `li`, and gives what is then there.
  DefinitionRecord propose(const DefinitionVersion& version, std::int64_t at = 1) {
    const auto proposed = event_of(version, DefinitionAct::kProposed, "li", at);
    const auto key = "propose " + version.id + std::to_string(version.version);
    const auto outcome = definitions().propose(version, proposed, answer("li", key));
    EXPECT_TRUE(outcome && std::holds_alternative<Committed>(*outcome));
    return {version, proposed, std::nullopt};
  }
};
INSTANTIATE_TEST_SUITE_P(Adapters, DefinitionStoreContract,
                         ::testing::ValuesIn(adapters_under_test()), adapter_name);

TEST_P(DefinitionStoreContract, IsEmptyAtFirst) {
  EXPECT_THAT(definitions().versions().value(), IsEmpty());
  EXPECT_THAT(definitions().history("clue").value(), IsEmpty());
  EXPECT_FALSE(definitions().version("clue", 1).value());
  EXPECT_FALSE(definitions().find_answer(PersonId("li"), "key").value());
}

TEST_P(DefinitionStoreContract, KeepsTheBytesAndDatesOfAVersionAsTheyCame) {
  DefinitionVersion version = version_of("线索", std::numeric_limits<std::int64_t>::max());
  version.source = std::string("\0\xFF\r\n{}", 6) + std::string(4 << 20, ' ');
  version.asked = {Instant{5}, kLatest};
  const DefinitionRecord record = propose(version);
  EXPECT_THAT(definitions().version(version.id, version.version).value(), Optional(record));
}

TEST_P(DefinitionStoreContract, ListsVersionsInOrderWithoutTheirBytes) {
  std::vector<DefinitionRecord> proposed = {propose(version_of("clue", 10), 1),
                                            propose(version_of("clue", 9), 2),
                                            propose(version_of("accountability", 1), 3)};
  for (DefinitionRecord& record : proposed) record.version.source.clear();
  EXPECT_THAT(definitions().versions().value(), ElementsAre(proposed[2], proposed[1], proposed[0]));
}

TEST_P(DefinitionStoreContract, ShowsAVersionWithTheDecisionOnIt) {
  DefinitionRecord record = propose(version_of("clue", 2));
  record.decided = event_of(record.version, DefinitionAct::kRejected, "sun", 9);
  ASSERT_TRUE(definitions().decide(*record.decided, answer("sun", "decide")));
  EXPECT_THAT(definitions().version("clue", 2).value(), Optional(record));
  record.version.source.clear();
  EXPECT_THAT(definitions().versions().value(), ElementsAre(record));
}

TEST_P(DefinitionStoreContract, NeverReplacesAVersion) {
  const DefinitionRecord first = propose(version_of("clue", 2));
  DefinitionVersion other = first.version;
  other.source = "{}";
  const auto refused = definitions().propose(
      other, event_of(other, DefinitionAct::kProposed, "sun", 2), answer("sun", "key"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(definitions().version("clue", 2).value(), Optional(first));
  EXPECT_THAT(definitions().history("clue").value(), ElementsAre(first.proposed));
  EXPECT_FALSE(definitions().find_answer(PersonId("sun"), "key").value());
}

TEST_P(DefinitionStoreContract, DecidesOnce) {
  const DefinitionRecord record = propose(version_of("clue", 2));
  const auto confirmed = event_of(record.version, DefinitionAct::kConfirmed, "sun", 2);
  ASSERT_TRUE(definitions().decide(confirmed, answer("sun", "first")));
  const auto again = definitions().decide(
      event_of(record.version, DefinitionAct::kRejected, "zhou", 3), answer("zhou", "second"));
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kConflict);
  EXPECT_THAT(definitions().version("clue", 2).value()->decided, Optional(confirmed));
  EXPECT_THAT(definitions().history("clue").value(), ElementsAre(record.proposed, confirmed));
}

TEST_P(DefinitionStoreContract, DecidesOnNothingThatIsNotThere) {
  const auto decided = definitions().decide(
      event_of(version_of("clue", 2), DefinitionAct::kConfirmed, "sun", 2), answer("sun", "key"));
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(definitions().history("clue").value(), IsEmpty());
  EXPECT_FALSE(definitions().find_answer(PersonId("sun"), "key").value());
}

TEST_P(DefinitionStoreContract, GivesTheFirstAnswerToARepeatWhateverIsAsked) {
  propose(version_of("clue", 2));
  const auto repeated = definitions().propose(
      version_of("clue", 3), event_of(version_of("clue", 3), DefinitionAct::kProposed, "li", 5),
      answer("li", "propose clue2"));
  ASSERT_TRUE(repeated);
  ASSERT_TRUE(std::holds_alternative<Repeated>(*repeated));
  EXPECT_EQ(std::get<Repeated>(*repeated).first.answer, "answer to propose clue2");
  EXPECT_FALSE(definitions().version("clue", 3).value());
  const auto kept = definitions().find_answer(PersonId("li"), "propose clue2").value();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->fingerprint, "fingerprint of propose clue2");
  EXPECT_EQ(kept->at, Instant{7});
}

TEST_P(DefinitionStoreContract, TellsTheHistoryOfOneDefinitionInOrderOfTime) {
  const auto second = propose(version_of("clue", 2), 3);
  const auto first = propose(version_of("clue", 1), 5);
  propose(version_of("accountability", 1), 4);
  const auto decided = event_of(second.version, DefinitionAct::kConfirmed, "sun", 4);
  ASSERT_TRUE(definitions().decide(decided, answer("sun", "key")));
  EXPECT_THAT(definitions().history("clue").value(),
              ElementsAre(second.proposed, decided, first.proposed));
}

TEST_P(DefinitionStoreContract, LetsExactlyOneOfTwoDecideAtTheSameTime) {
  for (int round = 1; round <= 20; ++round) {
    const DefinitionRecord record = propose(version_of("clue", round));
    std::array<int, 2> won{};
    const auto decide = [&](std::size_t at, DefinitionAct act, const std::string& person) {
      const auto outcome = definitions().decide(event_of(record.version, act, person, 2),
                                                answer(person, std::to_string(round)));
      won.at(at) = outcome && std::holds_alternative<Committed>(*outcome) ? 1 : 0;
    };
    std::thread one(decide, 0, DefinitionAct::kConfirmed, "sun");
    std::thread other(decide, 1, DefinitionAct::kRejected, "zhou");
    one.join();
    other.join();
    ASSERT_EQ(won[0] + won[1], 1);
  }
}

}  // namespace
}  // namespace mingjian::testing
