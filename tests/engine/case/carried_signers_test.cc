// What becomes of signatures and signers of an open request when its case moves to another version.
#include <gtest/gtest.h>

#include "engine/case/decide_migration.h"
#include "tests/support/small_office.h"

namespace mingjian {
namespace {

using testing::approval_step;
using testing::at;
using testing::load;
using testing::small_definition;
using testing::SmallOffice;
using testing::text_of;

const RequestOutcome& first_outcome(const Decided& moved) {
  return std::get<CaseMigrated>(moved.value().front().body).requests.front();
}

// The small procedure in which two sign beside each other to drop a lead, and then the main head.
OrderedJson signed_by_two() {
  OrderedJson json = small_definition();
  OrderedJson& approval = at(json, "/states/review/on/drop/approval");
  approval["steps"][0]["signing"] = "all";
  approval["steps"][0]["by"].push_back("deputy_in_charge");
  approval["steps"].push_back(approval_step("main_head"));
  return json;
}

Definition next_of(OrderedJson json) {
  json["version"] = 2;
  return load(json);
}

TEST(CarriedSigners, SignOnlyWhatIsStillLackingWhereTheStepsAreTheSame) {
  const Definition first = load(signed_by_two());
  const Definition next = next_of(signed_by_two());
  SmallOffice office(first);
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  ASSERT_TRUE(office.sign("head"));
  const auto turn = testing::tasks_of(office.state().requests.front());
  ASSERT_TRUE(office.migrate(next));
  EXPECT_EQ(testing::tasks_of(office.state().requests.front()), turn);
  EXPECT_FALSE(office.sign("head"));
  ASSERT_TRUE(office.sign("deputy"));
  ASSERT_TRUE(office.sign("main"));
  EXPECT_TRUE(office.state().closed);
}

TEST(CarriedSigners, AreAskedAnewWhereOneOfThemIsEnoughThen) {
  const Definition first = load(signed_by_two());
  OrderedJson either = signed_by_two();
  at(either, "/states/review/on/drop/approval/steps/0/signing") = "any";
  const Definition next = next_of(either);
  SmallOffice office(first);
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  ASSERT_TRUE(office.sign("head"));
  const auto moved = office.migrate(next);
  ASSERT_TRUE(moved) << text_of(moved.error());
  const RequestOutcome& outcome = first_outcome(moved);
  EXPECT_EQ(outcome.fate, RequestFate::kReturned);
  EXPECT_EQ(
      outcome.reason.zh,
      "审批步骤不同：原为承办部门负责人和分管负责人、主要负责人，现为承办部门负责人或分管负责人、"
      "主要负责人");
}

// The two have signed, and the main head returns it to the requester.
void return_signed_by_two(SmallOffice& office) {
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.sign("deputy"));
  ASSERT_TRUE(office.sign("main", 0, Decision::kReturn));
}

// What was returned resumes where it was, but for signatures that the migration does not carry.
TEST(CarriedSigners, OfAReturnedRequestStayUnlessTheRuleAsksAnew) {
  OrderedJson json = signed_by_two();
  at(json, "/states/review/on/drop/approval")["resumes"] = "where_returned";
  const Definition first = load(json);
  const Definition next = next_of(json);
  for (const auto& [rule, step] :
       {std::pair{SignatureRule::kKeepWhereSame, 1}, std::pair{SignatureRule::kAskAgain, 0}}) {
    SmallOffice office(first);
    return_signed_by_two(office);
    ASSERT_TRUE(office.migrate(next, {}, {rule, {}}));
    ASSERT_TRUE(office.fire("inspector", "drop"));
    EXPECT_EQ(office.state().requests.front().step, step);
  }
}

TEST(CarriedSigners, AreAskedAnewWhereTheNewVersionAsksThemAnew) {
  OrderedJson json = signed_by_two();
  const OrderedJson in_order = json;
  at(json, "/states/review/on/drop/approval")["resumes"] = "where_returned";
  const Definition first = load(json);
  SmallOffice office(first);
  return_signed_by_two(office);
  const Definition next = next_of(in_order);
  ASSERT_TRUE(office.migrate(next, {}, {SignatureRule::kKeepWhereSame, {}}));
  ASSERT_TRUE(office.fire("inspector", "drop"));
  EXPECT_EQ(office.state().requests.front().step, 0);
}

}  // namespace
}  // namespace mingjian
