#pragma once

#include <vector>

#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// Lists: one set-based statement each, paged by id. They throw SQLite::Exception.
[[nodiscard]] std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& query);
[[nodiscard]] std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& query);

// The present row of a statement that selects the columns of a head (all but `state`) or of a task
// in the order of the schema.
[[nodiscard]] CaseHead head_of(SQLite::Statement& row);
[[nodiscard]] TaskRow task_of(SQLite::Statement& row);

}  // namespace mingjian::sqlite
