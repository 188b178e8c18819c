#include "engine/access/organisation_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mingjian {
namespace {

using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

OrganisationId id(const char* name) { return OrganisationId(name); }

Organisation organisation(const char* name, const char* parent, const char* kind) {
  return {id(name), id(parent), kind, {name, name}};
}

// committee (party) - commission (discipline) - office, team (stationed) - team office
//                   - bureau (party)
OrganisationTree office() {
  return OrganisationTree(
      {organisation("committee", "", "OK-DW"), organisation("commission", "committee", "OK-JW"),
       organisation("office", "commission", "OK-GW"), organisation("team", "commission", "OK-PZ"),
       organisation("team-office", "team", "OK-GW"), organisation("bureau", "committee", "OK-DW")});
}

TEST(OrganisationTree, GoesUpToTheRootAndDownToTheLeaves) {
  EXPECT_EQ(office().upwards(id("team-office")),
            (std::vector{id("team-office"), id("team"), id("commission"), id("committee")}));
  EXPECT_THAT(office().downwards(id("commission")),
              UnorderedElementsAre(id("commission"), id("office"), id("team"), id("team-office")));
  EXPECT_THAT(office().upwards(id("nowhere")), IsEmpty());
  EXPECT_THAT(office().downwards(id("nowhere")), IsEmpty());
  EXPECT_THAT(office().downwards(OrganisationId()), IsEmpty());
}

TEST(OrganisationTree, TellsWhoIsOnOneLine) {
  struct {
    const char* a;
    const char* b;
    bool on_one_line;
  } const table[] = {
      {"commission", "commission", true}, {"committee", "team-office", true},
      {"team-office", "committee", true}, {"office", "team", false},
      {"bureau", "commission", false},    {"nowhere", "commission", false},
      {"nowhere", "nowhere", false},
  };
  for (const auto& row : table) {
    EXPECT_EQ(office().on_one_line(id(row.a), id(row.b)), row.on_one_line) << row.a << " " << row.b;
  }
}

TEST(OrganisationTree, FindsTheDisciplineOrganThatACaseBelongsTo) {
  EXPECT_EQ(office().discipline_organ_of(id("office")), id("commission"));
  EXPECT_EQ(office().discipline_organ_of(id("team-office")), id("team"));
  EXPECT_EQ(office().discipline_organ_of(id("commission")), id("commission"));
  EXPECT_EQ(office().discipline_organ_of(id("bureau")), id("bureau"));
  EXPECT_EQ(office().discipline_organ_of(id("nowhere")), id("nowhere"));
}

TEST(OrganisationTree, EndsTheWayUpAtARingOfParents) {
  const OrganisationTree ring({organisation("a", "b", "OK-GW"), organisation("b", "a", "OK-GW")});
  EXPECT_EQ(ring.upwards(id("a")), (std::vector{id("a"), id("b")}));
  EXPECT_THAT(ring.downwards(id("a")), UnorderedElementsAre(id("a"), id("b")));
}

}  // namespace
}  // namespace mingjian
