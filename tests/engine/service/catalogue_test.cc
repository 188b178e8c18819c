#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/engine/service/uploads.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using enum DefinitionAct;

class CatalogueTest : public ::testing::Test {
 protected:
  [[nodiscard]] Instant now() { return clock_.now(); }
  [[nodiscard]] Instant in(std::int64_t seconds) {
    return {now().microseconds + seconds * kSecond};
  }

  // Two administrators signed that version at this moment.
  void confirm(std::int64_t version, Period asked = {}) {
    put(store_, decided({"clue", version, asked, clue_source(version)}, kConfirmed, now()));
  }

  // The version that is in force at an instant; 0 where there is none.
  static std::int64_t in_force(Catalogue& catalogue, Instant at) {
    const auto found = catalogue.in_force("clue", at);
    EXPECT_TRUE(found) << found.error().message.en;
    return found && *found ? (*found)->version() : 0;
  }

  MemoryDefinitionStore store_;
  StandingClock clock_;
  Catalogue catalogue_{clue_workflows(), store_, clock_};
};

TEST_F(CatalogueTest, HasWhatCameWithTheProgramInForceFromTheBeginning) {
  EXPECT_EQ(in_force(catalogue_, {0}), 1);
  EXPECT_EQ(in_force(catalogue_, in(0)), 1);
  EXPECT_EQ(catalogue_.find("clue", 1).value()->version(), 1);
  EXPECT_EQ(catalogue_.find("clue", 2).value(), nullptr);
  EXPECT_EQ(catalogue_.in_force("unknown", now()).value(), nullptr);
}

TEST_F(CatalogueTest, HasTheNewestVersionInForceWhosePeriodCoversTheInstant) {
  confirm(2, {in(10), in(20)});
  confirm(3, {in(30), std::nullopt});
  struct Expected {
    std::int64_t seconds;
    std::int64_t version;
  };
  for (const auto& [seconds, version] : std::vector<Expected>{
           {-10, 1}, {9, 1}, {10, 2}, {19, 2}, {20, 1}, {29, 1}, {30, 3}, {1'000'000, 3}}) {
    EXPECT_EQ(in_force(catalogue_, in(seconds)), version) << seconds;
  }
}

TEST_F(CatalogueTest, KeepsEveryVersionForTheCasesThatRunOnIt) {
  confirm(2);
  EXPECT_EQ(in_force(catalogue_, now()), 2);
  EXPECT_EQ(catalogue_.find("clue", 1).value()->source(), clue_source(1));
  EXPECT_EQ(catalogue_.find("clue", 2).value()->source(), clue_source(2));
}

TEST_F(CatalogueTest, PutsNothingInForceForATimeBeforeItWasConfirmed) {
  const Instant earlier = now();
  clock_.advance(10 * kSecond);
  confirm(2, {earlier, std::nullopt});
  EXPECT_EQ(in_force(catalogue_, in(-1)), 1);
  EXPECT_EQ(in_force(catalogue_, now()), 2);
}

TEST_F(CatalogueTest, KnowsNothingOfWhatWasNotConfirmed) {
  put(store_, proposed({"clue", 2, {}, clue_source(2)}, now()));
  put(store_, decided({"clue", 3, {}, clue_source(3)}, kRejected, now()));
  EXPECT_EQ(in_force(catalogue_, in(1)), 1);
  EXPECT_EQ(catalogue_.find("clue", 2).value(), nullptr);
  EXPECT_EQ(catalogue_.find("clue", 3).value(), nullptr);
}

TEST_F(CatalogueTest, NoticesWithinASecondWhatAnotherProcessConfirmed) {
  ASSERT_EQ(in_force(catalogue_, now()), 1);
  confirm(2);
  clock_.advance(kSecond);
  EXPECT_EQ(in_force(catalogue_, now()), 2);
}

TEST_F(CatalogueTest, NoticesAtOnceAVersionThatACaseOfAnotherProcessRunsOn) {
  ASSERT_EQ(in_force(catalogue_, now()), 1);
  confirm(2);
  ASSERT_EQ(catalogue_.find("clue", 2).value()->version(), 2);
  EXPECT_EQ(in_force(catalogue_, now()), 2);
}

TEST_F(CatalogueTest, TellsOfEachVersionWhoPutItInForce) {
  confirm(2, {in(5), in(9)});
  const auto versions = catalogue_.versions("clue").value();
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].in_force, Period{});
  EXPECT_FALSE(versions[0].proposed);
  EXPECT_EQ(versions[1].in_force, (Period{in(5), in(9)}));
  EXPECT_EQ(versions[1].proposed->actor, PersonId("li"));
  EXPECT_EQ(versions[1].confirmed->actor, PersonId("sun"));
}

TEST_F(CatalogueTest, ListsTheDefinitionsInForce) {
  Workflows none = clue_workflows();
  none.definitions.clear();
  Catalogue empty(std::move(none), store_, clock_);
  confirm(2, {in(5), std::nullopt});
  EXPECT_TRUE(empty.all_in_force(now()).value().empty());
  ASSERT_EQ(empty.all_in_force(in(5)).value().size(), 1U);
  EXPECT_EQ(empty.all_in_force(in(5)).value()[0].definition->version(), 2);
}

// A confirmed version that somebody altered in the store.
struct Damage {
  std::string name;
  std::function<void(DefinitionRecord&)> alter;
};
void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class DamagedDefinition : public CatalogueTest, public ::testing::WithParamInterface<Damage> {};

TEST_P(DamagedDefinition, IsRefusedByNameAndNothingIsFiledOnIt) {
  DefinitionRecord record = decided({"clue", 2, {}, clue_source(2)}, kConfirmed, now());
  GetParam().alter(record);
  put(store_, record);
  const auto refreshed = catalogue_.refresh();
  ASSERT_FALSE(refreshed);
  EXPECT_EQ(refreshed.error().kind, ErrorKind::kCorrupt);
  EXPECT_THAT(refreshed.error().message.en, HasSubstr("clue 2"));
  EXPECT_THAT(refreshed.error().message.zh, HasSubstr("clue 2"));
  EXPECT_FALSE(catalogue_.in_force("clue", now()));
  EXPECT_TRUE(catalogue_.find("clue", 1).value()) << "running cases go on";
}

INSTANTIATE_TEST_SUITE_P(
    Each, DamagedDefinition,
    ::testing::Values(
        Damage{"Bytes", [](DefinitionRecord& record) { record.version.source += " "; }},
        Damage{"SignatureOfTheFirst",
               [](DefinitionRecord& record) { record.proposed.digest = sha256_hex("other"); }},
        Damage{"SignatureOfTheSecond",
               [](DefinitionRecord& record) { record.decided->digest = sha256_hex("other"); }},
        Damage{"OnePersonForBoth",
               [](DefinitionRecord& record) { record.decided->actor = record.proposed.actor; }},
        Damage{"BytesOfAnotherVersion",
               [](DefinitionRecord& record) {
                 record.version.source = clue_source(3);
                 record.proposed.digest = sha256_hex(record.version.source);
                 record.decided->digest = record.proposed.digest;
               }},
        Damage{"NoDefinition",
               [](DefinitionRecord& record) {
                 record.version.source = "{}";
                 record.proposed.digest = sha256_hex("{}");
                 record.decided->digest = record.proposed.digest;
               }}),
    [](const auto& each) { return each.param.name; });

TEST_F(CatalogueTest, RefusesOtherBytesThanTheProgramCameWith) {
  put(store_, decided({"clue", 1, {}, clue_source(1) + " "}, kConfirmed, now()));
  const auto refreshed = catalogue_.refresh();
  ASSERT_FALSE(refreshed);
  EXPECT_EQ(refreshed.error().kind, ErrorKind::kCorrupt);
}

TEST_F(CatalogueTest, TakesTheDatesThatWereSignedWhereTheProgramCameWithTheSameBytes) {
  put(store_, decided({"clue", 1, {in(5), std::nullopt}, clue_source(1)}, kConfirmed, now()));
  EXPECT_EQ(in_force(catalogue_, in(4)), 0);
  EXPECT_EQ(in_force(catalogue_, in(5)), 1);
}

TEST_F(CatalogueTest, ServesManyThreadsWhileVersionsAreConfirmed) {
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i) {
    readers.emplace_back([&] {
      std::int64_t seen = 1;
      while (!done) {
        ASSERT_TRUE(catalogue_.refresh());
        const std::int64_t version = in_force(catalogue_, now());
        ASSERT_GE(version, seen);
        seen = version;
      }
    });
  }
  for (std::int64_t version = 2; version <= 5; ++version) confirm(version);
  done = true;
  for (std::thread& reader : readers) reader.join();
  ASSERT_TRUE(catalogue_.refresh());
  EXPECT_EQ(in_force(catalogue_, now()), 5);
}

}  // namespace
}  // namespace mingjian::testing
