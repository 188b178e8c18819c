#include <limits>

#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

class DirectoryContract : public AdapterContract {
 protected:
  void put(const Office& office) { ASSERT_TRUE(directory().put_office(office)); }
};
INSTANTIATE_TEST_SUITE_P(Adapters, DirectoryContract, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

Organisation organisation(const std::string& id, const std::string& parent) {
  return {OrganisationId(id), OrganisationId(parent), "discipline", {"某" + id, id}};
}

TEST_P(DirectoryContract, IsEmptyAtFirst) {
  EXPECT_THAT(directory().organisations().value(), IsEmpty());
  EXPECT_THAT(directory().people().value(), IsEmpty());
  EXPECT_FALSE(directory().person(PersonId("zhao")).value());
}

TEST_P(DirectoryContract, GivesBackTheOfficeInOrderOfIds) {
  Person zhao = person("zhao");
  zhao.posts.push_back(
      {OrganisationId("county"), Role("leader"), Instant{-5}, std::optional(Instant{9})});
  zhao.active = false;
  put({{organisation("county", "city"), organisation("city", "")}, {zhao, person("lin-wei")}});
  EXPECT_THAT(directory().organisations().value(),
              ElementsAre(organisation("city", ""), organisation("county", "city")));
  EXPECT_THAT(directory().people().value(), ElementsAre(person("lin-wei"), zhao));
  EXPECT_THAT(directory().person(PersonId("zhao")).value(), Optional(zhao));
}

TEST_P(DirectoryContract, KeepsTheOrderOfPostsAlsoWhereTheyAreAlike) {
  Person zhao = person("zhao");
  zhao.posts = {{OrganisationId("b"), Role("x"), Instant{2}, std::nullopt},
                {OrganisationId("a"), Role("x"), Instant{1}, std::nullopt},
                {OrganisationId("b"), Role("x"), Instant{2}, std::nullopt}};
  put({{}, {zhao}});
  EXPECT_THAT(directory().person(PersonId("zhao")).value(), Optional(zhao));
}

TEST_P(DirectoryContract, ReplacesWhatIsThereAndLeavesTheRest) {
  put({{organisation("city", "")}, {person("zhao"), person("sun")}});
  Organisation renamed = organisation("city", "province");
  renamed.kind = "other";
  Person moved = person("zhao");
  moved.name = {"赵", "Zhao"};
  moved.posts.clear();
  moved.active = false;
  put({{renamed}, {moved}});
  EXPECT_THAT(directory().organisations().value(), ElementsAre(renamed));
  EXPECT_THAT(directory().people().value(), ElementsAre(person("sun"), moved));
}

TEST_P(DirectoryContract, TakesTheSameOfficeTwice) {
  const Office office{{organisation("city", "")}, {person("zhao")}};
  put(office);
  put(office);
  EXPECT_THAT(directory().organisations().value(), ElementsAre(office.organisations[0]));
  EXPECT_THAT(directory().people().value(), ElementsAre(office.people[0]));
}

TEST_P(DirectoryContract, KeepsEveryCharacterAndNumber) {
  Person zhao = person("赵-𠮷-😀");
  zhao.name = {std::string("a\0b", 3), ""};
  zhao.posts = {{OrganisationId(""), Role(""), kEarliest, kLatest}};
  put({{}, {zhao}});
  EXPECT_THAT(directory().person(zhao.id).value(), Optional(zhao));
}

TEST_P(DirectoryContract, KeepsAPasswordHashAlsoWhenTheOfficeIsPutAgain) {
  put({{}, {person("zhao")}});
  EXPECT_FALSE(directory().password_hash(PersonId("zhao")).value());
  ASSERT_TRUE(directory().set_password_hash(PersonId("zhao"), "first"));
  ASSERT_TRUE(directory().set_password_hash(PersonId("zhao"), "second"));
  put({{}, {person("zhao")}});
  EXPECT_THAT(directory().password_hash(PersonId("zhao")).value(), Optional(std::string("second")));
}

TEST_P(DirectoryContract, KnowsNoPasswordOfSomebodyUnknown) {
  EXPECT_FALSE(directory().password_hash(PersonId("nobody")).value());
  const auto set = directory().set_password_hash(PersonId("nobody"), "hash");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().kind, ErrorKind::kNotFound);
}

TEST_P(DirectoryContract, OpensAndClosesSessions) {
  put({{}, {person("zhao")}});
  const Session session{"digest", PersonId("zhao"), Instant{100}};
  ASSERT_TRUE(directory().open_session(session));
  EXPECT_THAT(directory().session("digest").value(), Optional(session));
  EXPECT_FALSE(directory().session("another").value());
  ASSERT_TRUE(directory().close_session("digest"));
  EXPECT_FALSE(directory().session("digest").value());
  EXPECT_TRUE(directory().close_session("digest"));
}

TEST_P(DirectoryContract, OpensNoSessionForSomebodyUnknown) {
  const auto opened = directory().open_session({"digest", PersonId("nobody"), Instant{100}});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::kNotFound);
  EXPECT_FALSE(directory().session("digest").value());
}

TEST_P(DirectoryContract, LeavesSessionsOpenWhenTheOfficeIsPutAgain) {
  put({{}, {person("zhao")}});
  ASSERT_TRUE(directory().open_session({"digest", PersonId("zhao"), Instant{100}}));
  put({{}, {person("zhao")}});
  EXPECT_TRUE(directory().session("digest").value());
}

TEST_P(DirectoryContract, ForgetsOnlySessionsThatEnded) {
  put({{}, {person("zhao")}});
  for (const int end : {99, 100, 101}) {
    ASSERT_TRUE(directory().open_session({std::to_string(end), PersonId("zhao"), Instant{end}}));
  }
  ASSERT_TRUE(directory().drop_expired_sessions(Instant{100}));
  EXPECT_FALSE(directory().session("99").value());
  EXPECT_TRUE(directory().session("100").value());
  EXPECT_TRUE(directory().session("101").value());
}

}  // namespace
}  // namespace mingjian::testing
