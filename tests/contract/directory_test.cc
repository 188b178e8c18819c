#include <atomic>
#include <limits>
#include <thread>
#include <vector>

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
  EXPECT_THAT(directory().session("digest").value(),
              Optional(OpenSession{session, person("zhao")}));
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
  Person moved = person("zhao");
  moved.active = false;
  moved.posts.push_back({OrganisationId("city"), Role("leader"), Instant{1}, Instant{2}});
  put({{}, {moved}});
  const auto found = directory().session("digest").value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->person, moved);
}

TEST_P(DirectoryContract, ListsTheSessionsOfAPersonThatHaveNotEnded) {
  put({{}, {person("zhao"), person("qian")}});
  std::vector<Session> sessions;
  for (const std::int64_t end : {300, 200, 100})
    sessions.push_back({"zhao-" + std::to_string(end), PersonId("zhao"), Instant{end}});
  for (const Session& session : sessions) ASSERT_TRUE(directory().open_session(session));
  ASSERT_TRUE(directory().open_session({"another's", PersonId("qian"), Instant{400}}));
  EXPECT_EQ(directory().sessions_of(PersonId("zhao"), Instant{99}, 10).value(), sessions);
  EXPECT_THAT(directory().sessions_of(PersonId("zhao"), Instant{100}, 10).value(),
              ElementsAre(sessions[0], sessions[1]));
  EXPECT_THAT(directory().sessions_of(PersonId("zhao"), Instant{0}, 1).value(),
              ElementsAre(sessions[0]));
  EXPECT_THAT(directory().sessions_of(PersonId("nobody"), Instant{0}, 10).value(), IsEmpty());
}

TEST_P(DirectoryContract, ClosesASessionForItsPersonAlone) {
  put({{}, {person("zhao"), person("qian")}});
  ASSERT_TRUE(directory().open_session({"digest", PersonId("zhao"), Instant{100}}));
  EXPECT_FALSE(directory().close_session_of(PersonId("qian"), "digest").value());
  EXPECT_TRUE(directory().session("digest").value());
  EXPECT_TRUE(directory().close_session_of(PersonId("zhao"), "digest").value());
  EXPECT_FALSE(directory().session("digest").value());
  EXPECT_FALSE(directory().close_session_of(PersonId("zhao"), "digest").value());
}

Session session_by(const std::string& password, const std::string& digest,
                   const std::string& person = "zhao") {
  return {digest, PersonId(person), Instant{100}, password_stamp(password)};
}

TEST_P(DirectoryContract, EndsTheOtherSessionsWhereAPasswordIsChanged) {
  put({{}, {person("zhao"), person("qian")}});
  for (const char* const each : {"zhao", "qian"})
    ASSERT_TRUE(directory().set_password_hash(PersonId(each), "first"));
  for (const char* const digest : {"kept", "other"})
    ASSERT_TRUE(directory().open_session(session_by("first", digest)));
  ASSERT_TRUE(directory().open_session(session_by("first", "another's", "qian")));
  EXPECT_TRUE(directory().change_password(PersonId("zhao"), "first", "next", "kept").value());
  EXPECT_THAT(directory().password_hash(PersonId("zhao")).value(), Optional(std::string("next")));
  EXPECT_EQ(directory().session("kept").value()->session, session_by("next", "kept"));
  EXPECT_FALSE(directory().session("other").value());
  EXPECT_TRUE(directory().session("another's").value());
  // A session that is not his keeps nothing open.
  EXPECT_TRUE(directory().change_password(PersonId("zhao"), "next", "last", "another's").value());
  EXPECT_FALSE(directory().session("kept").value());
  EXPECT_TRUE(directory().session("another's").value());
}

TEST_P(DirectoryContract, ChangesNoPasswordThatWasChangedMeanwhile) {
  put({{}, {person("zhao"), person("qian")}});
  ASSERT_TRUE(directory().set_password_hash(PersonId("zhao"), "second"));
  ASSERT_TRUE(directory().open_session(session_by("second", "his")));
  EXPECT_FALSE(directory().change_password(PersonId("zhao"), "first", "next", "thief's").value());
  EXPECT_THAT(directory().password_hash(PersonId("zhao")).value(), Optional(std::string("second")));
  EXPECT_TRUE(directory().session("his").value());
  EXPECT_FALSE(directory().change_password(PersonId("qian"), "first", "next", "").value());
  EXPECT_FALSE(directory().change_password(PersonId("nobody"), "first", "next", "").value());
}

// However late it is written.
TEST_P(DirectoryContract, KnowsNoSessionThatWasOpenedByAnEarlierPassword) {
  put({{}, {person("zhao")}});
  ASSERT_TRUE(directory().set_password_hash(PersonId("zhao"), "first"));
  ASSERT_TRUE(directory().open_session(session_by("first", "before")));
  ASSERT_TRUE(directory().set_password_hash(PersonId("zhao"), "second"));
  ASSERT_TRUE(directory().open_session(session_by("first", "after")));
  EXPECT_FALSE(directory().session("before").value());
  EXPECT_FALSE(directory().session("after").value());
  EXPECT_THAT(directory().sessions_of(PersonId("zhao"), Instant{0}, 10).value(), IsEmpty());
  ASSERT_TRUE(directory().open_session(session_by("second", "now")));
  EXPECT_THAT(directory().sessions_of(PersonId("zhao"), Instant{0}, 10).value(),
              ElementsAre(session_by("second", "now")));
}

TEST_P(DirectoryContract, ForgetsOnlySessionsThatEnded) {
  put({{}, {person("zhao")}});
  for (const int end : {99, 100, 101}) {
    ASSERT_TRUE(directory().open_session({std::to_string(end), PersonId("zhao"), Instant{end}}));
  }
  EXPECT_EQ(directory().drop_expired_sessions(Instant{100}, 10).value(), 1U);
  EXPECT_FALSE(directory().session("99").value());
  EXPECT_TRUE(directory().session("100").value());
  EXPECT_TRUE(directory().session("101").value());
}

TEST_P(DirectoryContract, CountsFailuresToSignInOneAfterTheOther) {
  EXPECT_EQ(directory().failed_sign_ins("nobody").value(), FailedSignIns{});
  EXPECT_TRUE(directory().add_failed_sign_in("nobody", 0).value());
  EXPECT_TRUE(directory().add_failed_sign_in("nobody", 1).value());
  // Whoever saw less was too slow.
  EXPECT_FALSE(directory().add_failed_sign_in("nobody", 0).value());
  EXPECT_FALSE(directory().add_failed_sign_in("nobody", 1).value());
  EXPECT_FALSE(directory().add_failed_sign_in("somebody else", 2).value());
  const auto failed = directory().failed_sign_ins("nobody").value();
  EXPECT_EQ(failed.failures, 2);
  EXPECT_GE(failed.microseconds_ago, 0);
  ASSERT_TRUE(directory().forget_failed_sign_ins("nobody"));
  EXPECT_EQ(directory().failed_sign_ins("nobody").value(), FailedSignIns{});
}

TEST_P(DirectoryContract, TellsHowLongAgoTheLastFailureWas) {
  ASSERT_TRUE(directory().add_failed_sign_in("nobody", 0).value());
  const auto first = directory().failed_sign_ins("nobody").value().microseconds_ago;
  while (directory().failed_sign_ins("nobody").value().microseconds_ago == first) continue;
  EXPECT_GT(directory().failed_sign_ins("nobody").value().microseconds_ago, first);
}

TEST_P(DirectoryContract, CountsEachOfManyFailuresAtOnce) {
  constexpr int kThreads = 8;
  std::atomic<int> added = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int count = 0; count < 10; ++count) {
        const auto before = directory().failed_sign_ins("nobody").value().failures;
        if (directory().add_failed_sign_in("nobody", before).value()) ++added;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(added, 10);
  EXPECT_EQ(directory().failed_sign_ins("nobody").value().failures, added);
}

TEST_P(DirectoryContract, ForgetsOldFailuresAndNoMoreAtOnceThanAsked) {
  for (const char* const account : {"a", "b", "c"})
    ASSERT_TRUE(directory().add_failed_sign_in(account, 0).value());
  EXPECT_EQ(directory().drop_failed_sign_ins(Instant{0}, 10).value(), 0U);
  EXPECT_EQ(directory().drop_failed_sign_ins(kLatest, 2).value(), 2U);
  EXPECT_EQ(directory().drop_failed_sign_ins(kLatest, 2).value(), 1U);
}

TEST_P(DirectoryContract, ForgetsNoMoreSessionsAtOnceThanAsked) {
  put({{}, {person("zhao")}});
  for (int end = 1; end <= 5; ++end) {
    ASSERT_TRUE(directory().open_session({std::to_string(end), PersonId("zhao"), Instant{end}}));
  }
  EXPECT_EQ(directory().drop_expired_sessions(Instant{100}, 2).value(), 2U);
  EXPECT_EQ(directory().drop_expired_sessions(Instant{100}, 10).value(), 3U);
  EXPECT_EQ(directory().drop_expired_sessions(Instant{100}, 10).value(), 0U);
}

}  // namespace
}  // namespace mingjian::testing
