#include "engine/access/permission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/access/role.h"

namespace mingjian {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Instant kNow{1'000};
const PersonId kLi("li");

const OrganisationTree& office() {
  static const OrganisationTree kTree(
      {{OrganisationId("commission"), {}, "OK-JW", {}},
       {OrganisationId("office-one"), OrganisationId("commission"), "OK-GW", {}},
       {OrganisationId("team"), OrganisationId("commission"), "OK-PZ", {}}});
  return kTree;
}

Actor li(std::vector<Post> posts) { return {{kLi, {}, std::move(posts)}, office(), kNow}; }

Post post(const Role& role, const char* organisation) {
  return {OrganisationId(organisation), role, {}, std::nullopt};
}

// A case of the commission that somebody else filed.
CaseRelation a_case(std::vector<MemberRow> members = {}) {
  return {OrganisationId("commission"), PersonId("somebody"), std::move(members)};
}

TEST(Actor, HoldsAPostFromItsFirstDayUntilItsLastIsOver) {
  struct {
    const char* what;
    Instant from;
    std::optional<Instant> to;
    bool holds;
  } const table[] = {
      {"begins later", {1'001}, std::nullopt, false},
      {"begins now", {1'000}, std::nullopt, true},
      {"ends now", {0}, Instant{1'000}, false},
      {"ends later", {0}, Instant{1'001}, true},
      {"without end", {0}, std::nullopt, true},
      {"ended before it began", {1'000}, Instant{999}, false},
  };
  for (const auto& row : table) {
    const Actor actor = li({{OrganisationId("commission"), role::kMainHead, row.from, row.to}});
    EXPECT_EQ(actor.holds(role::kMainHead), row.holds) << row.what;
    EXPECT_EQ(roles_on(actor, a_case()).empty(), !row.holds) << row.what;
  }
}

TEST(RolesOn, CountAPostOnOneLineWithTheCase) {
  struct {
    const char* post_at;
    const char* case_at;
    bool counts;
  } const table[] = {
      {"commission", "commission", true}, {"commission", "team", true},
      {"team", "commission", true},       {"office-one", "commission", true},
      {"office-one", "team", false},      {"team", "office-one", false},
      {"elsewhere", "commission", false}, {"commission", "elsewhere", false},
  };
  for (const auto& row : table) {
    const Actor actor = li({post(role::kMainHead, row.post_at)});
    CaseRelation relation = a_case();
    relation.organ = OrganisationId(row.case_at);
    EXPECT_EQ(!roles_on(actor, relation).empty(), row.counts) << row.post_at << " " << row.case_at;
    EXPECT_EQ(may_read(actor, relation), row.counts) << row.post_at << " " << row.case_at;
  }
}

TEST(RolesOn, CountAnInspectorOrTrialOfficerOnlyInHisTeam) {
  const std::vector<MemberRow> as_inspector = {{kLi, "inspector"}};
  const std::vector<MemberRow> as_trial_officer = {{kLi, "trial_officer"}};
  const Actor inspector = li({post(role::kInspector, "office-one")});
  const Actor trial_officer = li({post(role::kTrialOfficer, "office-one")});
  CaseRelation own = a_case();
  own.filed_by = kLi;

  EXPECT_THAT(roles_on(inspector, a_case()), IsEmpty());
  EXPECT_THAT(roles_on(inspector, own), ElementsAre(role::kInspector));
  EXPECT_THAT(roles_on(inspector, a_case(as_inspector)), ElementsAre(role::kInspector));
  EXPECT_THAT(roles_on(inspector, a_case(as_trial_officer)), IsEmpty());
  EXPECT_THAT(roles_on(trial_officer, own), IsEmpty());
  EXPECT_THAT(roles_on(trial_officer, a_case(as_trial_officer)), ElementsAre(role::kTrialOfficer));
}

TEST(RolesOn, NameARoleOnceHoweverManyPostsCarryIt) {
  const Actor actor = li({post(role::kMainHead, "commission"), post(role::kAuditor, "commission"),
                          post(role::kMainHead, "team")});
  EXPECT_THAT(roles_on(actor, a_case()), ElementsAre(role::kMainHead, role::kAuditor));
}

TEST(MayRead, IsForEveryRoleButTheThreeAdministrations) {
  for (const Role& each : role::kAll) {
    const Actor actor = li({post(each, "commission")});
    const bool reads = !role::administers(each) && !role::needs_team(each);
    EXPECT_EQ(may_read(actor, a_case()), reads) << each.value();
    EXPECT_EQ(!read_scope(actor).organs.empty(), reads) << each.value();
  }
}

TEST(MayRead, IsNotForAnAdministratorEvenOfHisOwnCase) {
  CaseRelation own = a_case({{kLi, "inspector"}});
  own.filed_by = kLi;
  for (const Role& each :
       {role::kSystemAdministrator, role::kSecurityAdministrator, role::kAuditAdministrator}) {
    const Actor actor = li({post(each, "commission")});
    EXPECT_THAT(roles_on(actor, own), IsEmpty()) << each.value();
    EXPECT_FALSE(may_read(actor, own)) << each.value();
    EXPECT_TRUE(read_scope(actor).person.empty()) << each.value();
    EXPECT_THAT(task_scopes(actor), IsEmpty()) << each.value();
  }
}

TEST(MayRead, StaysWithTheFilerWhileHeHoldsAnyPostThatReads) {
  CaseRelation own = a_case();
  own.filed_by = kLi;
  EXPECT_TRUE(may_read(li({post(role::kInspector, "elsewhere")}), own));
  EXPECT_FALSE(may_read(li({}), own));
}

TEST(TaskScopes, JoinThePostsOfARole) {
  const Actor actor = li({post(role::kMainHead, "team"), post(role::kDepartmentHead, "office-one"),
                          post(role::kMainHead, "office-one")});
  const auto scopes = task_scopes(actor);
  ASSERT_EQ(scopes.size(), 2U);
  EXPECT_EQ(scopes[0].role, role::kMainHead);
  EXPECT_THAT(scopes[0].organs,
              ::testing::UnorderedElementsAre(OrganisationId("team"), OrganisationId("commission"),
                                              OrganisationId("office-one")));
  EXPECT_EQ(scopes[1].role, role::kDepartmentHead);
}

TEST(Roles, HaveATitleInBothLanguages) {
  for (const Role& each : role::kAll) {
    EXPECT_TRUE(role::exists(each));
    EXPECT_FALSE(role::title(each).zh.empty()) << each.value();
    EXPECT_FALSE(role::title(each).en.empty()) << each.value();
  }
  EXPECT_FALSE(role::exists(Role("emperor")));
  EXPECT_EQ(role::title(Role("emperor")), Text{});
}

}  // namespace
}  // namespace mingjian
