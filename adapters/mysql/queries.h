#pragma once

#include <vector>

#include "adapters/mysql/connection.h"
#include "adapters/sql/union_query.h"
#include "engine/ports/store.h"

namespace mingjian::mysql {

// Lists: one set-based statement each, paged by id. A list is the union of branches (a branch for
// each organ or post, one for what is the reader's own), each of which reads no more of an index
// than one page, in the order of the list. Branches are empty where there is nothing to look for.
[[nodiscard]] sql::UnionQuery case_list(const CaseQuery& query);
[[nodiscard]] sql::UnionQuery task_list(const TaskQuery& query);

// The tasks that were written at `from` or later, by the index of that time.
[[nodiscard]] sql::UnionQuery change_list(Instant from, const TaskId& after, std::size_t limit);

// They throw sql::SQLException.
[[nodiscard]] std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& query);
[[nodiscard]] std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& query);
[[nodiscard]] std::size_t count_tasks(Connection& connection, const TaskQuery& query);
[[nodiscard]] std::vector<TaskChange> list_changes(Connection& connection, Instant from,
                                                   const TaskId& after, std::size_t limit);

}  // namespace mingjian::mysql
