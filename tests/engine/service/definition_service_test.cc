#include "engine/service/definition_service.h"

#include <regex>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "adapters/memory/memory_directory.h"
#include "tests/engine/service/uploads.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using enum DefinitionAct;
using enum ObstacleKind;

// An office in which each person is named after his role; there are three system administrators.
class DefinitionServiceTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Office office{{{OrganisationId("commission"), {}, "OK-JW", {"纪委", "commission"}}}, {}};
    const auto add = [&](const std::string& id, const std::string& role) {
      office.people.push_back(
          {PersonId(id),
           {id, id},
           {{OrganisationId("commission"), Role(role), Instant{0}, std::nullopt}},
           true});
    };
    for (const char* id : {"li", "sun", "zhou"}) add(id, "system_administrator");
    for (const char* role :
         {"inspector", "main_head", "auditor", "security_administrator", "audit_administrator"})
      add(role, role);
    ASSERT_TRUE(directory_.put_office(office));
  }

  using Executed = tl::expected<DefinitionAnswer, DefinitionRejection>;

  // Under a key of its own, unless one is given.
  Executed propose(const std::string& person, const std::string& source, Period asked = {},
                   const std::string& key = {}) {
    return execute(person, ProposeDefinition{source, asked}, key, sha256_hex(source));
  }
  Executed decide(const std::string& person, std::int64_t version, DefinitionAct act,
                  const std::string& opinion = "不妥", const std::string& key = {}) {
    return execute(person, DecideDefinition{"clue", version, act, opinion}, key,
                   std::to_string(version) + opinion);
  }
  Executed execute(const std::string& person, DefinitionCommand command, const std::string& key,
                   const std::string& fingerprint) {
    const std::string used = key.empty() ? "key-" + std::to_string(++keys_) : key;
    return service_.execute({acting(person), used, fingerprint, std::move(command)});
  }

  ActingPerson acting(const std::string& person) {
    return people_.acting(PersonId(person)).value();
  }

  // The kinds of what stood in the way; empty where it was something else, or nothing.
  static std::vector<ObstacleKind> obstacles(const Executed& executed) {
    std::vector<ObstacleKind> kinds;
    if (executed) return kinds;
    const auto* rejection = std::get_if<Rejection>(&executed.error());
    const auto* found =
        rejection == nullptr ? nullptr : std::get_if<std::vector<Obstacle>>(rejection);
    if (found == nullptr) return kinds;
    for (const Obstacle& obstacle : *found) kinds.push_back(obstacle.kind);
    return kinds;
  }
  static std::optional<ErrorKind> error(const Executed& executed) {
    if (executed || !std::holds_alternative<Rejection>(executed.error())) return std::nullopt;
    const auto* found = std::get_if<Error>(&std::get<Rejection>(executed.error()));
    return found == nullptr ? std::nullopt : std::optional(found->kind);
  }

  // "check /pointer" of each error that the check found; empty where it was something else.
  static std::vector<std::string> errors(const Executed& executed) {
    std::vector<std::string> found;
    const auto* invalid = executed ? nullptr : std::get_if<InvalidDefinition>(&executed.error());
    if (invalid == nullptr) return found;
    for (const lint::Finding& each : invalid->report.findings) {
      if (each.severity == lint::Severity::kError) found.push_back(each.check + " " + each.pointer);
    }
    return found;
  }

  static Json json(const Executed& executed) {
    EXPECT_TRUE(executed);
    return executed ? Json::parse(executed->json) : Json();
  }

  std::int64_t in_force() { return catalogue_.in_force("clue", clock_.now()).value()->version(); }

  std::vector<std::string> versions_seen_by(const std::string& person) {
    std::vector<std::string> seen;
    const auto listings = service_.versions(acting(person), "clue");
    EXPECT_TRUE(listings);
    for (const DefinitionListing& each : listings.value_or(std::vector<DefinitionListing>()))
      seen.push_back(std::to_string(each.version) + " " + name_of(each.state));
    return seen;
  }

  MemoryDirectory directory_;
  MemoryDefinitionStore store_;
  StandingClock clock_;
  People people_{directory_, clock_};
  Catalogue catalogue_{clue_workflows(), store_, clock_};
  DefinitionService service_{store_, clock_, catalogue_};

 private:
  int keys_ = 0;
};

TEST_F(DefinitionServiceTest, PutsAVersionInForceOnceASecondAdministratorConfirmsIt) {
  const Json proposal = json(propose("li", clue_source(2)));
  EXPECT_EQ(proposal["state"], "proposed");
  EXPECT_EQ(proposal["digest"], sha256_hex(clue_source(2)));
  EXPECT_TRUE(proposal["in_force_from"].is_null());
  EXPECT_EQ(proposal["findings"], Json::array());
  EXPECT_EQ(in_force(), 1);

  clock_.advance(kSecond);
  const Json confirmation = json(decide("sun", 2, kConfirmed, "同意"));
  EXPECT_EQ(confirmation["state"], "confirmed");
  EXPECT_EQ(confirmation["in_force_from"], to_rfc3339(clock_.now()));
  EXPECT_EQ(in_force(), 2);
}

TEST_F(DefinitionServiceTest, WaitsForTheDateThatWasAskedFor) {
  const Instant later{clock_.now().microseconds + kSecond};
  ASSERT_TRUE(propose("li", clue_source(2), {later, std::nullopt}));
  EXPECT_EQ(json(decide("sun", 2, kConfirmed))["in_force_from"], to_rfc3339(later));
  EXPECT_EQ(in_force(), 1);
  clock_.advance(kSecond);
  EXPECT_EQ(in_force(), 2);
}

TEST_F(DefinitionServiceTest, IsForSystemAdministratorsOnly) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  for (const char* person :
       {"inspector", "main_head", "auditor", "security_administrator", "audit_administrator"}) {
    EXPECT_THAT(obstacles(propose(person, clue_source(3))), ElementsAre(kRole)) << person;
    EXPECT_THAT(obstacles(decide(person, 2, kConfirmed)), ElementsAre(kRole)) << person;
  }
  EXPECT_THAT(store_.versions().value(), SizeIs(1));
}

TEST_F(DefinitionServiceTest, NeedsAnotherPersonForTheDecision) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  EXPECT_THAT(obstacles(decide("li", 2, kConfirmed)), ElementsAre(kSeparation));
  EXPECT_THAT(obstacles(decide("li", 2, kRejected)), ElementsAre(kSeparation));
  EXPECT_EQ(in_force(), 1);
}

TEST_F(DefinitionServiceTest, DecidesOnceForGood) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  ASSERT_TRUE(decide("sun", 2, kRejected));
  EXPECT_THAT(obstacles(decide("zhou", 2, kConfirmed)), ElementsAre(kState));
  EXPECT_EQ(in_force(), 1);
  EXPECT_EQ(error(decide("sun", 7, kConfirmed)), ErrorKind::kNotFound);
}

TEST_F(DefinitionServiceTest, NeverChangesAVersion) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  EXPECT_THAT(obstacles(propose("li", clue_source(2) + " ")), ElementsAre(kState));
  ASSERT_TRUE(decide("sun", 2, kRejected));
  EXPECT_THAT(obstacles(propose("li", clue_source(2) + " ")), ElementsAre(kState));
  EXPECT_THAT(obstacles(propose("li", clue_source(1))), ElementsAre(kState))
      << "it came with the program";
  ASSERT_TRUE(propose("li", clue_source(4)));
  EXPECT_THAT(obstacles(propose("li", clue_source(3))), ElementsAre(kForm));
}

TEST_F(DefinitionServiceTest, AnswersTheSameBytesAsTheFirstTime) {
  const Json first = json(propose("li", clue_source(2)));
  const Executed again = propose("sun", clue_source(2));
  EXPECT_EQ(json(again), first);
  EXPECT_TRUE(again->repeated);
  EXPECT_THAT(store_.history("clue").value(), SizeIs(1));
  const Instant later{clock_.now().microseconds + kSecond};
  EXPECT_THAT(obstacles(propose("li", clue_source(2), {later, std::nullopt})), ElementsAre(kState))
      << "for other dates";
}

TEST_F(DefinitionServiceTest, DoesARepeatedCommandOnce) {
  const Json first = json(propose("li", clue_source(2), {}, "key"));
  ASSERT_TRUE(decide("sun", 2, kConfirmed, "同意", "key"));
  const Executed again = propose("li", clue_source(2), {}, "key");
  EXPECT_EQ(json(again), first);
  EXPECT_TRUE(again->repeated);
  EXPECT_TRUE(decide("sun", 2, kConfirmed, "同意", "key")->repeated);
  EXPECT_THAT(store_.history("clue").value(), SizeIs(2));

  const Executed other = propose("li", clue_source(3), {}, "key");
  ASSERT_FALSE(other);
  EXPECT_TRUE(std::holds_alternative<KeyReused>(std::get<Rejection>(other.error())));
}

TEST_F(DefinitionServiceTest, NamesEveryFaultOfADefinitionWithItsPlace) {
  Json definition = Json::parse(clue_source(2));
  definition["filing"]["by"][0] = "chef";
  definition["states"]["intake"]["rules"] = {"R-NONE-000"};
  const Executed refused = propose("li", definition.dump());
  ASSERT_FALSE(refused);
  EXPECT_THAT(errors(refused),
              ::testing::IsSupersetOf({"invalid_definition /filing/by/0",
                                       "invalid_definition /states/intake/rules/0"}));
  EXPECT_THAT(store_.versions().value(), IsEmpty());
}

TEST_F(DefinitionServiceTest, RefusesWhatLoadsButBreaksDueProcess) {
  OrderedJson definition = OrderedJson::parse(clue_source(2));
  definition["states"]["trial"]["on"]["form_opinion"].erase("not_same_as");
  EXPECT_THAT(errors(propose("li", definition.dump())),
              ElementsAre("broken_property /states/trial/on/form_opinion"));
  EXPECT_THAT(store_.versions().value(), IsEmpty());
}

TEST_F(DefinitionServiceTest, TakesADefinitionWithWarningsAndTellsThem) {
  OrderedJson definition = OrderedJson::parse(clue_source(2));
  definition["properties"].push_back(OrderedJson::parse(
      R"({"id": "idle", "title": {"zh": "空", "en": "idle"}, "rules": ["R-ACC-010"],
          "act": {"rule": "R-ACC-010"}, "before": {"rule": "R-CLU-009"}})"));
  const Json proposal = json(propose("li", definition.dump()));
  ASSERT_THAT(proposal["findings"], SizeIs(1));
  EXPECT_EQ(proposal["findings"][0]["check"], "idle_property");
  EXPECT_EQ(proposal["findings"][0]["severity"], "warning");
  EXPECT_EQ(json(decide("sun", 2, kConfirmed))["findings"], proposal["findings"]);
}

TEST_F(DefinitionServiceTest, RefusesTheNumbersOfAnotherProcedure) {
  // The id also begins the ids of its states.
  std::string source = std::regex_replace(clue_source(1), std::regex("\\bclue\\."), "lead.");
  source.replace(source.find("\"clue\""), 6, "\"lead\"");
  EXPECT_THAT(obstacles(propose("li", source)), ElementsAre(kForm));
  const std::string number = "\"number\": \"线索\"";
  source.replace(source.find(number), number.size(), "\"number\": \"县线索\"");
  EXPECT_TRUE(propose("li", source));
}

TEST_F(DefinitionServiceTest, ChecksAgainWhenAVersionIsConfirmed) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  Workflows with_fewer_rules = clue_workflows();
  with_fewer_rules.known.rules.clear();
  Catalogue catalogue(std::move(with_fewer_rules), store_, clock_);
  DefinitionService service(store_, clock_, catalogue);
  const auto refused =
      service.execute({acting("sun"), "key", "", DecideDefinition{"clue", 2, kConfirmed, ""}});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(std::holds_alternative<InvalidDefinition>(refused.error()));
  const auto report = service.findings(acting("sun"), "clue", 2);
  ASSERT_TRUE(report);
  EXPECT_TRUE(lint::has_errors(report->findings)) << "the second person sees why";
  EXPECT_TRUE(service.execute(
      {acting("sun"), "other key", "", DecideDefinition{"clue", 2, kRejected, "规则已废止"}}));
}

TEST_F(DefinitionServiceTest, ConfirmsNothingThatWasAlteredSinceItWasUploaded) {
  DefinitionRecord record = proposed({"clue", 2, {}, clue_source(2)}, clock_.now());
  record.version.source += " ";
  put(store_, record);
  EXPECT_EQ(error(decide("sun", 2, kConfirmed)), ErrorKind::kCorrupt);
  EXPECT_EQ(in_force(), 1);
}

TEST_F(DefinitionServiceTest, ConfirmsNoOtherBytesThanAProgramCameWithMeanwhile) {
  ASSERT_TRUE(propose("li", clue_source(2) + " "));
  Workflows newer = clue_workflows();
  newer.definitions.push_back(load(clue_source(2)).value());
  Catalogue catalogue(std::move(newer), store_, clock_);
  DefinitionService service(store_, clock_, catalogue);
  EXPECT_THAT(obstacles(service.execute(
                  {acting("sun"), "key", "", DecideDefinition{"clue", 2, kConfirmed, ""}})),
              ElementsAre(kState));
}

TEST_F(DefinitionServiceTest, ShowsToOthersOnlyWhatIsOrWasInForce) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  ASSERT_TRUE(decide("sun", 2, kConfirmed));
  ASSERT_TRUE(propose("li", clue_source(3)));
  ASSERT_TRUE(decide("sun", 3, kRejected));
  ASSERT_TRUE(propose("li", clue_source(4)));
  EXPECT_THAT(versions_seen_by("inspector"), ElementsAre("1 confirmed", "2 confirmed"));
  EXPECT_EQ(service_.source(acting("inspector"), "clue", 2).value(), clue_source(2));
  EXPECT_FALSE(service_.source(acting("inspector"), "clue", 4));
  EXPECT_FALSE(service_.proposals(acting("inspector")));
  EXPECT_FALSE(service_.findings(acting("inspector"), "clue", 2));
  EXPECT_FALSE(service_.history(acting("security_administrator"), "clue"));
  for (const char* reviewer : {"sun", "auditor", "audit_administrator"}) {
    EXPECT_THAT(versions_seen_by(reviewer),
                ElementsAre("1 confirmed", "2 confirmed", "3 rejected", "4 proposed"));
    EXPECT_EQ(service_.source(acting(reviewer), "clue", 4).value(), clue_source(4));
    EXPECT_THAT(service_.proposals(acting(reviewer)).value(), SizeIs(1));
    EXPECT_THAT(service_.findings(acting(reviewer), "clue", 4)->findings, IsEmpty());
    EXPECT_THAT(service_.history(acting(reviewer), "clue").value(), SizeIs(5));
  }
}

TEST_F(DefinitionServiceTest, TellsWhoDidWhatWhenAndOnWhichBytes) {
  ASSERT_TRUE(propose("li", clue_source(2)));
  const Instant uploaded = clock_.now();
  clock_.advance(kSecond);
  ASSERT_TRUE(decide("sun", 2, kConfirmed, "同意"));
  const std::string digest = sha256_hex(clue_source(2));
  EXPECT_THAT(
      service_.history(acting("auditor"), "clue").value(),
      ElementsAre(
          DefinitionEvent{"clue", 2, kProposed, PersonId("li"), uploaded, digest, ""},
          DefinitionEvent{"clue", 2, kConfirmed, PersonId("sun"), clock_.now(), digest, "同意"}));
}

}  // namespace
}  // namespace mingjian::testing
