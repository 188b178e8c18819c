#include <gmock/gmock.h>

#include "tests/contract/adapter_contract.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;

class StoreTasks : public AdapterContract {
 protected:
  // Keeps the tasks with one more event of case 1.
  void put(const std::vector<TaskRow>& tasks) {
    last_ = last_ ? following(*last_) : filing(1);
    last_->tasks = tasks;
    committed(*last_);
  }

  std::vector<int> found(const TaskQuery& query) {
    std::vector<int> numbers;
    const auto listings = store().tasks(query).value();
    for (const TaskListing& listing : listings) {
      numbers.push_back(std::stoi(listing.task.id.value().substr(24)));
    }
    return numbers;
  }

  static TaskQuery inbox(const std::string& person, const std::vector<TaskScope>& posts = {}) {
    TaskQuery query;
    query.person = PersonId(person);
    query.posts = posts;
    return query;
  }

  static TaskQuery done(const std::string& person) {
    TaskQuery query = inbox(person);
    query.done = true;
    return query;
  }

  static TaskScope post(const std::string& role, const std::vector<std::string>& organs) {
    TaskScope scope{Role(role), {}};
    for (const std::string& organ : organs) scope.organs.emplace_back(organ);
    return scope;
  }

 private:
  std::optional<Commit> last_;
};
INSTANTIATE_TEST_SUITE_P(Adapters, StoreTasks, ::testing::ValuesIn(adapters_under_test()),
                         adapter_name);

TEST_P(StoreTasks, ListsATaskWithTheNumberAndTitleOfItsCase) {
  put({approval(1, 1)});
  const auto listed = store().tasks(inbox("zhao", {post("reviewer", {"city"})})).value();
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0].task, approval(1, 1));
  EXPECT_EQ(listed[0].case_number, filing(1).head.number);
  EXPECT_EQ(listed[0].case_title, filing(1).head.title);
}

TEST_P(StoreTasks, ReplacesATaskByItsId) {
  put({approval(1, 1)});
  TaskRow changed = rework(1, 1, "sun");
  changed.request = RequestId("another");
  changed.step = 3;
  changed.requested_by = PersonId("zhao");
  changed.event = "withdraw";
  changed.title = {"撤回", "Withdraw"};
  changed.opened_at = {77};
  changed = closed_by(changed, "sun");
  put({changed});
  EXPECT_THAT(store().task(task_id(1)).value(), Optional(changed));
}

TEST_P(StoreTasks, ShowsApprovalsToThePostsThatDecideThem) {
  TaskRow county = approval(2, 1);
  county.organ = OrganisationId("county");
  TaskRow leader = approval(3, 1);
  leader.role = Role("leader");
  put({approval(1, 1), county, leader});
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"})})), ElementsAre(1));
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city", "county"})})), ElementsAre(2, 1));
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"county"}), post("leader", {"city"})})),
              ElementsAre(3, 2));
  EXPECT_THAT(found(inbox("zhao", {post("leader", {"county"})})), IsEmpty());
  EXPECT_THAT(found(inbox("zhao", {post("leader", {})})), IsEmpty());
  EXPECT_THAT(found(inbox("zhao")), IsEmpty());
}

TEST_P(StoreTasks, HidesFromTheRequesterHisOwnRequests) {
  TaskRow another = approval(2, 1);
  another.requested_by = PersonId("zhao");
  put({approval(1, 1), another});
  EXPECT_THAT(found(inbox("lin-wei", {post("reviewer", {"city"})})), ElementsAre(2));
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"})})), ElementsAre(1));
}

TEST_P(StoreTasks, ShowsReworkToItsPersonAlone) {
  put({rework(1, 1, "lin-wei"), rework(2, 1, "zhao")});
  EXPECT_THAT(found(inbox("lin-wei")), ElementsAre(1));
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"}), post("", {""})})), ElementsAre(2));
}

TEST_P(StoreTasks, ShowsNothingToTheEmptyPerson) {
  put({approval(1, 1), closed_by(approval(2, 1), "")});
  EXPECT_THAT(found(inbox("", {post("reviewer", {"city"})})), IsEmpty());
  EXPECT_THAT(found(done("")), IsEmpty());
}

TEST_P(StoreTasks, MovesADecidedTaskFromTheInboxToWhatItsPersonDid) {
  put({approval(1, 1), approval(2, 1)});
  put({closed_by(approval(1, 1), "zhao")});
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"})})), ElementsAre(2));
  EXPECT_THAT(found(done("zhao")), ElementsAre(1));
  EXPECT_THAT(found(done("sun")), IsEmpty());
}

TEST_P(StoreTasks, ShowsATaskOnceForWhomHoldsAPostTwice) {
  put({approval(1, 1)});
  const TaskScope twice = post("reviewer", {"city", "city"});
  EXPECT_THAT(found(inbox("zhao", {twice, twice})), ElementsAre(1));
}

TEST_P(StoreTasks, PagesTheInboxBackInTime) {
  std::vector<TaskRow> tasks;
  for (std::uint64_t number = 1; number <= 6; ++number) {
    tasks.push_back(number % 2 == 0 ? approval(number, 1) : rework(number, 1, "zhao"));
  }
  put(tasks);
  TaskQuery query = inbox("zhao", {post("reviewer", {"city"})});
  query.limit = 4;
  EXPECT_THAT(found(query), ElementsAre(6, 5, 4, 3));
  put({approval(7, 1)});
  query.before = task_id(3).value();
  EXPECT_THAT(found(query), ElementsAre(2, 1));
}

TEST_P(StoreTasks, PagesWhatIsDoneBackInTime) {
  std::vector<TaskRow> tasks;
  for (std::uint64_t number = 1; number <= 5; ++number) {
    tasks.push_back(closed_by(approval(number, 1), "zhao"));
  }
  put(tasks);
  TaskQuery query = done("zhao");
  query.limit = 3;
  EXPECT_THAT(found(query), ElementsAre(5, 4, 3));
  query.before = task_id(3).value();
  EXPECT_THAT(found(query), ElementsAre(2, 1));
}

TEST_P(StoreTasks, ServesAReaderOfManyPosts) {
  std::vector<std::string> organs;
  for (int i = 0; i < 600; ++i) organs.push_back("organ-" + std::to_string(i));
  TaskRow last = approval(2, 1);
  last.organ = OrganisationId("organ-599");
  TaskRow own = last;
  own.id = task_id(3);
  own.requested_by = PersonId("zhao");
  put({approval(1, 1), last, own, rework(4, 1, "zhao")});
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", organs)})), ElementsAre(4, 2));
  EXPECT_THAT(found(inbox("zhao", {post("leader", organs)})), ElementsAre(4));
}

TEST_P(StoreTasks, HasWhatWasHandedOverInTheInboxOfThatPersonAlone) {
  put({approval(1, 1), handed_over(2, 1, "zhao")});
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"})})), ElementsAre(2, 1));
  EXPECT_THAT(found(inbox("sun", {post("reviewer", {"city"})})), ElementsAre(1));
  EXPECT_EQ(store().count_tasks(inbox("zhao", {post("reviewer", {"city"})})).value(), 2U);
}

// Who lost the post hears no more of the case.
TEST_P(StoreTasks, HasWhatWasHandedOverInTheInboxOfNobodyWithoutThePost) {
  put({handed_over(1, 1, "zhao")});
  EXPECT_THAT(found(inbox("zhao")), IsEmpty());
  EXPECT_THAT(found(inbox("zhao", {post("leader", {"city"})})), IsEmpty());
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"county"})})), IsEmpty());
}

TEST_P(StoreTasks, KeepsTheGivenOrderOfIdsNotOfChanges) {
  put({approval(2, 1)});
  put({approval(1, 1)});
  put({approval(2, 1)});
  EXPECT_THAT(found(inbox("zhao", {post("reviewer", {"city"})})), ElementsAre(2, 1));
}

TEST_P(StoreTasks, CountsWhatItLists) {
  put({approval(1, 1), approval(2, 1), rework(3, 1, "zhao"), rework(4, 1, "sun")});
  put({closed_by(approval(2, 1), "zhao")});
  TaskQuery query = inbox("zhao", {post("reviewer", {"city", "city"})});
  query.limit = 1;
  query.before = task_id(1).value();
  EXPECT_EQ(store().count_tasks(query).value(), 2U);
  EXPECT_EQ(store().count_tasks(done("zhao")).value(), 1U);
  EXPECT_EQ(store().count_tasks(inbox("nobody")).value(), 0U);
  EXPECT_EQ(store().count_tasks(inbox("")).value(), 0U);
}

// The predicate for one task and the list are two ways to say the same.
TEST_P(StoreTasks, AreInTheInboxThatTheyConcern) {
  TaskRow own = approval(2, 1);
  own.requested_by = PersonId("zhao");
  TaskRow county = approval(3, 1);
  county.organ = OrganisationId("county");
  const std::vector<TaskRow> tasks = {approval(1, 1),
                                      own,
                                      county,
                                      rework(4, 1, "zhao"),
                                      rework(5, 1, "sun"),
                                      handed_over(6, 1, "zhao"),
                                      handed_over(7, 1, "sun")};
  put(tasks);
  for (const TaskQuery& query :
       {inbox("zhao", {post("reviewer", {"city"})}), inbox("zhao"), inbox("sun"), inbox(""),
        inbox("lin-wei", {post("reviewer", {"city", "county"}), post("leader", {"city"})})}) {
    std::vector<int> expected;
    for (int number = static_cast<int>(tasks.size()); number > 0; --number) {
      if (concerns(query, tasks[static_cast<std::size_t>(number) - 1])) expected.push_back(number);
    }
    EXPECT_EQ(found(query), expected) << query.person.value();
  }
}

TEST_P(StoreTasks, AreFoundByWhenTheyWereWrittenLast) {
  const Instant before = store().now().value();
  put({approval(1, 1), approval(2, 1), approval(3, 1)});
  const auto written = store().changed_tasks(before, {}, 10).value();
  ASSERT_EQ(written.size(), 3U);
  for (std::size_t i = 0; i < written.size(); ++i) {
    EXPECT_EQ(written[i].listing.task, approval(i + 1, 1));
    EXPECT_EQ(written[i].listing.case_number, filing(1).head.number);
    EXPECT_EQ(written[i].listing.case_title, filing(1).head.title);
    EXPECT_GE(written[i].changed_at, before);
  }
  while (store().now().value() <= written[2].changed_at) continue;
  put({closed_by(approval(2, 1), "zhao")});
  const auto all = store().changed_tasks(before, {}, 10).value();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].listing.task, approval(1, 1));
  EXPECT_EQ(all[1].listing.task, approval(3, 1));
  EXPECT_EQ(all[2].listing.task, closed_by(approval(2, 1), "zhao"));
  EXPECT_GT(all[2].changed_at, all[1].changed_at);
  // A page ends anywhere, also between those of one moment.
  std::vector<TaskId> paged;
  Instant at = before;
  TaskId after;
  for (;;) {
    const auto page = store().changed_tasks(at, after, 1).value();
    if (page.empty()) break;
    at = page[0].changed_at;
    after = page[0].listing.task.id;
    paged.push_back(after);
  }
  EXPECT_THAT(paged, ElementsAre(task_id(1), task_id(3), task_id(2)));
  EXPECT_THAT(store().changed_tasks(Instant{at.microseconds + 1}, {}, 10).value(), IsEmpty());
}

}  // namespace
}  // namespace mingjian::testing
