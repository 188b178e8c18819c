#include "tests/contract/listed_sample.h"

#include <string>

#include <gtest/gtest.h>

#include "tests/contract/sample.h"

namespace mingjian::testing {
namespace {

CaseQuery first_page() {
  CaseQuery query;
  query.scope.person = PersonId("zhao");
  query.scope.organs = {OrganisationId("organ-1"), OrganisationId("organ-2")};
  return query;
}

}  // namespace

void put_listed_sample(Database& database) {
  std::vector<CaseFile> files;
  std::vector<TaskRow> tasks;
  for (std::uint64_t number = 1; number <= kListedCases; ++number) {
    Commit filed = filing(number);
    filed.head.organ = OrganisationId("organ-" + std::to_string(number % 7));
    filed.head.filed_by = PersonId("person-" + std::to_string(number % 50));
    files.push_back({filed.head,
                     filed.events,
                     {{PersonId("zhao"), "lead"}},
                     Instant{static_cast<std::int64_t>(number)}});
    TaskRow task = number % 3 == 0 ? rework(number, number, "zhao") : approval(number, number);
    task.organ = filed.head.organ;
    tasks.push_back(number % 2 == 0 ? closed_by(task, "zhao") : task);
  }
  ASSERT_TRUE(database.transfer().put_case_files(files));
  ASSERT_TRUE(database.transfer().put_tasks(tasks));
}

std::vector<CaseQuery> listed_cases() {
  CaseQuery next_page = first_page();
  next_page.before = case_id(kListedCases / 2).value();
  CaseQuery filtered = next_page;
  filtered.definition = "accountability";
  filtered.closed = false;
  filtered.stage = "filed";
  filtered.text = "问责";
  return {first_page(), next_page, filtered};
}

CaseQuery cases_of_many_organs() {
  CaseQuery query = first_page();
  for (int i = 0; i < 100; ++i) query.scope.organs.emplace_back("organ-" + std::to_string(i));
  return query;
}

std::vector<TaskQuery> listed_tasks() {
  TaskQuery inbox;
  inbox.person = PersonId("zhao");
  inbox.posts = {{Role("reviewer"), {OrganisationId("organ-1"), OrganisationId("organ-3")}}};
  TaskQuery next_page = inbox;
  next_page.before = task_id(kListedCases / 2).value();
  TaskQuery done = next_page;
  done.done = true;
  return {inbox, next_page, done};
}

}  // namespace mingjian::testing
