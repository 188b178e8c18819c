#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class StoreCases : public AdapterContract {
 protected:
  // Case `number` of an organ, filed by a person.
  Commit put(std::uint64_t number, const std::string& organ, const std::string& filer) {
    Commit commit = filing(number);
    commit.head.organ = OrganisationId(organ);
    commit.head.filed_by = PersonId(filer);
    committed(commit);
    return commit;
  }

  // The numbers of the cases that a query finds.
  std::vector<int> found(const CaseQuery& query) {
    std::vector<int> numbers;
    const auto heads = store().cases(query).value();
    for (const CaseHead& head : heads) {
      numbers.push_back(std::stoi(head.id.value().substr(24)));
    }
    return numbers;
  }

  static CaseQuery seen_by(const std::string& person, const std::vector<std::string>& organs) {
    CaseQuery query;
    query.scope.person = PersonId(person);
    for (const std::string& organ : organs) query.scope.organs.emplace_back(organ);
    return query;
  }
};
INSTANTIATE_TEST_SUITE_P(Adapters, StoreCases, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(StoreCases, ListsHeadsNewestFirstWithoutTheirState) {
  put(1, "city", "lin-wei");
  CaseHead newest = put(2, "city", "lin-wei").head;
  EXPECT_THAT(found(seen_by("zhao", {"city"})), ElementsAre(2, 1));
  newest.state.clear();
  EXPECT_EQ(store().cases(seen_by("zhao", {"city"})).value()[0], newest);
}

TEST_P(StoreCases, ShowsOnlyWhatTheReaderMaySee) {
  put(1, "city", "lin-wei");
  put(2, "county", "zhao");
  put(3, "province", "qian");
  Commit with_team = following(put(4, "province", "qian"));
  with_team.members = {{PersonId("zhao"), "lead"}, {PersonId("sun"), "member"}};
  committed(with_team);
  EXPECT_THAT(found(seen_by("nobody", {})), IsEmpty());
  EXPECT_THAT(found(seen_by("nobody", {"city"})), ElementsAre(1));
  EXPECT_THAT(found(seen_by("nobody", {"city", "county", "city", "moon"})), ElementsAre(2, 1));
  EXPECT_THAT(found(seen_by("zhao", {})), ElementsAre(4, 2));
  EXPECT_THAT(found(seen_by("zhao", {"province"})), ElementsAre(4, 3, 2));
  EXPECT_THAT(found(seen_by("", {"city"})), ElementsAre(1));
}

TEST_P(StoreCases, ShowsACaseOnceForWhomSeesItInEveryWay) {
  Commit commit = filing(1);
  commit.members = {{PersonId("lin-wei"), "lead"}, {PersonId("lin-wei"), "recorder"}};
  committed(commit);
  EXPECT_THAT(found(seen_by("lin-wei", {"city"})), ElementsAre(1));
}

TEST_P(StoreCases, LetsTheEmptyPersonSeeNothingOfTheirs) {
  put(1, "city", "");
  EXPECT_THAT(found(seen_by("", {})), IsEmpty());
}

TEST_P(StoreCases, ReplacesTheWholeTeamAndKeepsItWhereItDidNotChange) {
  Commit first = filing(1);
  first.members = {{PersonId("zhao"), "lead"}, {PersonId("sun"), "member"}};
  committed(first);
  const Commit second = following(first);
  committed(second);
  EXPECT_THAT(found(seen_by("sun", {})), ElementsAre(1));
  Commit third = following(second);
  third.members = {{PersonId("zhao"), "member"}};
  committed(third);
  EXPECT_THAT(found(seen_by("sun", {})), IsEmpty());
  EXPECT_THAT(found(seen_by("zhao", {})), ElementsAre(1));
  Commit fourth = following(third);
  fourth.members.emplace();
  committed(fourth);
  EXPECT_THAT(found(seen_by("zhao", {})), IsEmpty());
}

TEST_P(StoreCases, FollowsACaseToAnotherOrgan) {
  Commit moved = following(put(1, "city", "lin-wei"));
  moved.head.organ = OrganisationId("province");
  committed(moved);
  EXPECT_THAT(found(seen_by("zhao", {"city"})), IsEmpty());
  EXPECT_THAT(found(seen_by("zhao", {"province"})), ElementsAre(1));
}

TEST_P(StoreCases, ServesAReaderOfManyOrgans) {
  std::vector<std::string> organs;
  for (int i = 0; i < 600; ++i) organs.push_back("organ-" + std::to_string(i));
  put(1, "organ-0", "lin-wei");
  put(2, "elsewhere", "lin-wei");
  put(3, "organ-599", "lin-wei");
  put(4, "elsewhere", "zhao");
  EXPECT_THAT(found(seen_by("zhao", organs)), ElementsAre(4, 3, 1));
  CaseQuery next = seen_by("zhao", organs);
  next.before = case_id(3).value();
  next.text = "问责";
  EXPECT_THAT(found(next), ElementsAre(1));
}

TEST_P(StoreCases, PagesBackInTimeAndStaysSteadyWhenCasesAreAdded) {
  for (std::uint64_t number = 1; number <= 7; ++number) {
    put(number, number % 2 == 0 ? "city" : "county", "lin-wei");
  }
  CaseQuery query = seen_by("lin-wei", {"city", "county"});
  query.limit = 3;
  EXPECT_THAT(found(query), ElementsAre(7, 6, 5));
  put(8, "city", "lin-wei");
  query.before = case_id(5).value();
  EXPECT_THAT(found(query), ElementsAre(4, 3, 2));
  query.before = case_id(2).value();
  EXPECT_THAT(found(query), ElementsAre(1));
  query.before = case_id(1).value();
  EXPECT_THAT(found(query), IsEmpty());
}

TEST_P(StoreCases, OrdersAndPagesByIdAlsoWhereTheClockWentBack) {
  for (std::uint64_t number = 1; number <= 3; ++number) {
    Commit commit = filing(number);
    commit.head.filed_at = commit.head.updated_at = {-static_cast<std::int64_t>(number)};
    committed(commit);
  }
  CaseQuery query = seen_by("", {"city"});
  EXPECT_THAT(found(query), ElementsAre(3, 2, 1));
  query.before = case_id(3).value();
  EXPECT_THAT(found(query), ElementsAre(2, 1));
}

TEST_P(StoreCases, GivesNoMoreThanTheLimit) {
  put(1, "city", "lin-wei");
  CaseQuery query = seen_by("lin-wei", {});
  query.limit = 0;
  EXPECT_THAT(found(query), IsEmpty());
  query.limit = std::numeric_limits<std::size_t>::max();
  EXPECT_THAT(found(query), ElementsAre(1));
}

TEST_P(StoreCases, FiltersByDefinitionAndByWhetherClosed) {
  Commit other = filing(1);
  other.head.definition = "petition";
  committed(other);
  Commit closed = following(put(2, "city", "lin-wei"));
  closed.head.closed = true;
  committed(closed);
  put(3, "city", "lin-wei");
  CaseQuery query = seen_by("", {"city"});
  query.definition = "petition";
  EXPECT_THAT(found(query), ElementsAre(1));
  query.definition.clear();
  query.closed = true;
  EXPECT_THAT(found(query), ElementsAre(2));
  query.closed = false;
  EXPECT_THAT(found(query), ElementsAre(3, 1));
}

TEST_P(StoreCases, FiltersByAnyActiveStage) {
  Commit parallel = following(put(1, "city", "lin-wei"));
  parallel.head.stages = R"(["investigation","hearing"])";
  committed(parallel);
  put(2, "city", "lin-wei");
  CaseQuery query = seen_by("", {"city"});
  query.stage = "hearing";
  EXPECT_THAT(found(query), ElementsAre(1));
  query.stage = "investigation";
  EXPECT_THAT(found(query), ElementsAre(1));
  query.stage = "filed";
  EXPECT_THAT(found(query), ElementsAre(2));
  query.stage = "hear";
  EXPECT_THAT(found(query), IsEmpty());
}

TEST_P(StoreCases, HasNoStageForWhatIsNoListOfNames) {
  Commit commit = filing(1);
  commit.head.stages = R"([1, null, "filed", {"a": "b"}])";
  committed(commit);
  CaseQuery query = seen_by("", {"city"});
  query.stage = "filed";
  EXPECT_THAT(found(query), ElementsAre(1));
  query.stage = "1";
  EXPECT_THAT(found(query), IsEmpty());
}

TEST_P(StoreCases, FindsAPartOfTheTitleOrNumber) {
  Commit commit = filing(1);
  commit.head.title = "关于Road工程😀的é问题";
  commit.head.number = "案-1";
  committed(commit);
  put(2, "city", "lin-wei");
  CaseQuery query = seen_by("", {"city"});
  for (const char* const part : {"工程", "😀", "案-1", "road", "ROAD工", "关于Road工程😀的é问题"}) {
    query.text = part;
    EXPECT_THAT(found(query), ElementsAre(1)) << part;
  }
  for (const char* const other : {"没有", "É", "e\u0301", "ｒｏａｄ"}) {
    query.text = other;
    EXPECT_THAT(found(query), IsEmpty()) << other;
  }
}

TEST_P(StoreCases, TakesWildcardsAsPlainCharacters) {
  Commit percent = filing(1);
  percent.head.title = "100% of a_b \\ c*?['";
  committed(percent);
  Commit plain = filing(2);
  plain.head.title = "100 of aXb";
  committed(plain);
  CaseQuery query = seen_by("", {"city"});
  for (const char* const part : {"100%", "a_b", "\\", "c*", "?[", "'"}) {
    query.text = part;
    EXPECT_THAT(found(query), ElementsAre(1)) << part;
  }
  query.text = "1%0";
  EXPECT_THAT(found(query), IsEmpty());
}

TEST_P(StoreCases, FindsWhatStandsBehindANulByteAndTakesLongTexts) {
  Commit commit = filing(1);
  commit.head.title = std::string("before") + '\0' + "after" + std::string(60'000, 'x');
  committed(commit);
  CaseQuery query = seen_by("", {"city"});
  query.text = "after";
  EXPECT_THAT(found(query), ElementsAre(1));
  query.text = std::string(60'000, 'x');
  EXPECT_THAT(found(query), ElementsAre(1));
}

TEST_P(StoreCases, AppliesAllFiltersTogether) {
  for (std::uint64_t number = 1; number <= 4; ++number) put(number, "city", "lin-wei");
  CaseQuery query = seen_by("lin-wei", {"city"});
  query.definition = "accountability";
  query.closed = false;
  query.stage = "filed";
  query.text = "问责";
  query.before = case_id(4).value();
  query.limit = 2;
  EXPECT_THAT(found(query), ElementsAre(3, 2));
}

}  // namespace
}  // namespace mingjian::testing
