#pragma once

#include <cstdint>
#include <vector>

#include "engine/ports/database.h"

// What the plans of the lists are looked at with, the same on every database.
namespace mingjian::testing {

inline constexpr std::uint64_t kListedCases = 3'000;

// 3,000 cases of several organs and filers, each with a task, and "zhao" on every team.
void put_listed_sample(Database& database);

// The lists of cases that people ask for: first page, next page, every filter.
[[nodiscard]] std::vector<CaseQuery> listed_cases();
// Of a reader of more organs than there are branches for.
[[nodiscard]] CaseQuery cases_of_many_organs();
// The inbox with its next page, and what was done.
[[nodiscard]] std::vector<TaskQuery> listed_tasks();

}  // namespace mingjian::testing
