#pragma once

#include <string>

#include "adapters/mysql/connection.h"
#include "engine/ports/store.h"

namespace mingjian::mysql {

// The columns of cases (alias c) but for `state`, and those of tasks (alias t).
[[nodiscard]] const std::string& head_columns();
[[nodiscard]] const std::string& task_columns();
inline constexpr int kHeadColumnCount = 12;
inline constexpr int kTaskColumnCount = 16;

// The present row of a query whose columns begin with those.
[[nodiscard]] CaseHead head_of(const Rows& rows);
[[nodiscard]] TaskRow task_of(const Rows& rows);

}  // namespace mingjian::mysql
