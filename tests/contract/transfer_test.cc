// Every store that keeps its data can be copied to every other, and is compared with it.
#include <gmock/gmock.h>

#include "engine/service/store_transfer.h"
#include "tests/contract/databases_under_test.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// From a database of one kind to one of the other.
class StoreTransfer : public ::testing::TestWithParam<std::tuple<DatabaseMaker, DatabaseMaker>> {
 protected:
  Database& from() { return from_->database(); }
  Database& to() { return to_->database(); }

  void committed(const Commit& commit) {
    const auto outcome = from().store().commit(commit);
    ASSERT_TRUE(outcome) << outcome.error().message.en;
  }

  // Something in every table.
  void fill() {
    const Organisation city{OrganisationId("city"), OrganisationId(), "discipline", {"市", "City"}};
    ASSERT_TRUE(from().directory().put_office({{city}, {person("lin-wei"), person("zhao")}}));
    ASSERT_TRUE(from().directory().set_password_hash(PersonId("zhao"), "hash"));
    ASSERT_TRUE(from().directory().open_session({"digest", PersonId("zhao"), Instant{9}}));
    ASSERT_TRUE(from().store().next_number("series"));
    for (std::uint64_t number = 1; number <= kCases; ++number) {
      Commit first = filing(number);
      first.members = {{PersonId("zhao"), "lead"}};
      first.tasks = {approval(number, number)};
      committed(first);
      Commit second = following(first);
      second.tasks = {closed_by(first.tasks[0], "zhao")};
      second.head.stages = R"(["a", "b"])";
      second.timer = TimerChange{Instant{static_cast<std::int64_t>(number)}};
      committed(second);
    }
    const DefinitionVersion version{"clue", 2, {Instant{1}, {}}, std::string("{\0}", 3)};
    const DefinitionEvent proposed{
        "clue", 2, DefinitionAct::kProposed, PersonId("li"), Instant{1}, "digest", ""};
    ASSERT_TRUE(from().definitions().propose(version, proposed,
                                             {PersonId("li"), "p", "f", "a", Instant{1}}));
    const DefinitionEvent decided{
        "clue", 2, DefinitionAct::kConfirmed, PersonId("sun"), Instant{2}, "digest", "同意"};
    ASSERT_TRUE(from().definitions().decide(decided, {PersonId("sun"), "d", "f", "a", Instant{2}}));
  }

  static constexpr std::uint64_t kCases = 230;  // more than two pages
  static constexpr TransferCounts kAll{.cases = kCases,
                                       .events = 2 * kCases,
                                       .tasks = kCases,
                                       .answers = 2 * kCases + 2,
                                       .definitions = 1,
                                       .people = 2};

  std::unique_ptr<DatabaseUnderTest> from_ = std::get<0>(GetParam()).make();
  std::unique_ptr<DatabaseUnderTest> to_ = std::get<1>(GetParam()).make();
};

INSTANTIATE_TEST_SUITE_P(Databases, StoreTransfer,
                         ::testing::Combine(::testing::ValuesIn(databases_under_test()),
                                            ::testing::ValuesIn(databases_under_test())),
                         [](const auto& pair) {
                           return std::get<0>(pair.param).name + "To" +
                                  std::get<1>(pair.param).name;
                         });

TEST_P(StoreTransfer, CopiesEverything) {
  fill();
  EXPECT_EQ(copy_store(from(), to()).value(), kAll);
  const Comparison found = compare_stores(from(), to()).value();
  EXPECT_THAT(found.differences, IsEmpty());
  EXPECT_EQ(found.equal, kAll);
  EXPECT_EQ(to().store().next_number("series").value(), 2);
  CaseQuery by_stage;
  by_stage.scope.organs = {OrganisationId("city")};
  by_stage.stage = "b";
  by_stage.limit = 1000;
  EXPECT_THAT(to().store().cases(by_stage).value(), SizeIs(kCases));
  by_stage.stage = "filed";
  EXPECT_THAT(to().store().cases(by_stage).value(), IsEmpty());
}

// A timer on its own, where all else is equal: what was lost is found, and made again.
TEST_P(StoreTransfer, CopiesTimersAndFindsWhereOneDiffers) {
  fill();
  ASSERT_TRUE(copy_store(from(), to()));
  EXPECT_EQ(to().store().timer(case_id(7)).value(), Instant{7});
  ASSERT_TRUE(to().store().mend_timer(case_id(7), 2, {}));
  ASSERT_TRUE(to().store().mend_timer(case_id(8), 2, {Instant{9}}));
  const Comparison found = compare_stores(from(), to()).value();
  ASSERT_THAT(found.differences, SizeIs(2));
  EXPECT_EQ(found.differences[0].en, "case " + case_id(7).value());
  ASSERT_TRUE(copy_store(from(), to()));
  EXPECT_THAT(compare_stores(from(), to()).value().differences, IsEmpty());
  EXPECT_EQ(to().store().timer(case_id(8)).value(), Instant{8});
}

TEST_P(StoreTransfer, GoesOnWithWorkOnTheCopy) {
  fill();
  ASSERT_TRUE(copy_store(from(), to()));
  const Commit third = following(following(filing(1)));
  const auto outcome = to().store().commit(third);
  ASSERT_TRUE(outcome);
  EXPECT_TRUE(std::holds_alternative<Committed>(*outcome));
  const auto repeated = to().store().commit(filing(2));
  EXPECT_TRUE(repeated && std::holds_alternative<Repeated>(*repeated));
}

TEST_P(StoreTransfer, WritesOnlyWhatIsMissing) {
  fill();
  ASSERT_TRUE(copy_store(from(), to()));
  const Commit third = following(following(filing(7)));
  committed(third);
  const TransferCounts now = copy_store(from(), to()).value();
  EXPECT_EQ(now.cases, 1U);
  EXPECT_EQ(now.tasks, 0U);
  EXPECT_EQ(now.answers, 1U);
  EXPECT_THAT(compare_stores(from(), to()).value().differences, IsEmpty());
}

TEST_P(StoreTransfer, LeavesATargetAloneThatHasMore) {
  fill();
  ASSERT_TRUE(copy_store(from(), to()));
  ASSERT_TRUE(to().store().commit(following(following(filing(7)))));
  const auto refused = copy_store(from(), to());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
  EXPECT_EQ(to().store().head(case_id(7)).value()->version, 3U);
}

TEST_P(StoreTransfer, RefusesATargetWithACaseOfItsOwn) {
  ASSERT_TRUE(to().store().commit(filing(1)));
  const auto refused = copy_store(from(), to());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kConflict);
}

TEST_P(StoreTransfer, NamesWhatDiffers) {
  fill();
  ASSERT_TRUE(copy_store(from(), to()));
  committed(following(following(filing(7))));
  committed(filing(kCases + 1));
  const Comparison found = compare_stores(from(), to()).value();
  ASSERT_THAT(found.differences, SizeIs(4));
  EXPECT_EQ(found.differences[0].en, "case " + case_id(7).value());
  EXPECT_EQ(found.differences[1].en, "case " + case_id(kCases + 1).value());
  EXPECT_EQ(found.equal.cases, kCases - 1);
}

}  // namespace
}  // namespace mingjian::testing
