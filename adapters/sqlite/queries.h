#pragma once

#include <vector>

#include "adapters/sql/union_query.h"
#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// Lists: one set-based statement each, paged by id. A list is the union of branches (a branch for
// each organ or post, one for what is the reader's own), each of which reads an index in the order
// of the list, so that a page costs what it shows and not what the reader could see in all.
// Branches are empty where there is nothing to look for.
[[nodiscard]] sql::UnionQuery case_list(const CaseQuery& query);
[[nodiscard]] sql::UnionQuery task_list(const TaskQuery& query);

// They throw SQLite::Exception.
[[nodiscard]] std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& query);
[[nodiscard]] std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& query);
[[nodiscard]] std::size_t count_tasks(Connection& connection, const TaskQuery& query);

}  // namespace mingjian::sqlite
