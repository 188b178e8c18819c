#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// What stands in a statement for the present instant, in steps of a millisecond: by SQLite itself,
// from the clock of the machine that all processes on the file share.
[[nodiscard]] inline std::string now_text() {
  return "(CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER) * 1000)";
}

// A limit or a version; beyond what SQLite counts with it means the same as the greatest it does.
[[nodiscard]] inline std::int64_t bound_count(std::uint64_t value) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(value, kMost));
}

// The columns of cases (alias c) but for `state`, and those of tasks (alias t).
inline constexpr const char* kHeadColumns =
    "c.id, c.version, c.number, c.definition, c.definition_version, c.title, c.closed, c.stages, "
    "c.organ, c.filed_by, c.filed_at, c.updated_at";
inline constexpr int kHeadColumnCount = 12;
inline constexpr const char* kTaskColumns =
    "t.id, t.case_id, t.kind, t.request, t.step, t.role, t.organ, t.person, t.requested_by, "
    "t.event, t.title_zh, t.title_en, t.opened_at, t.closed_at, t.closed_by, t.decision";
inline constexpr int kTaskColumnCount = 16;

// The present row of a statement whose columns begin with those.
[[nodiscard]] CaseHead head_of(SQLite::Statement& row);
[[nodiscard]] TaskRow task_of(SQLite::Statement& row);

}  // namespace mingjian::sqlite
