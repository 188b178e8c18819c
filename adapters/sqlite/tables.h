#pragma once

#include <vector>

#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// What is written of a case, a table at a time, inside the open transaction. All throw
// SQLite::Exception.

// Whether the head was at the version expected (0: not there) and is now the new one.
[[nodiscard]] bool write_head(Connection& connection, const CaseHead& head, Version expected);
void write_events(Connection& connection, const std::vector<EventRecord>& events);
// Replaces the stages that the case is found by.
void write_stages(Connection& connection, const CaseHead& head);
// Replaces the team.
void write_members(Connection& connection, const CaseId& id, const std::vector<MemberRow>& members);
// Inserts, or replaces by id.
void write_task(Connection& connection, const TaskRow& task);

}  // namespace mingjian::sqlite
