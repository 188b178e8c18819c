#pragma once

#include <span>

#include "adapters/sqlite/connection.h"
#include "engine/base/result.h"

namespace mingjian::sqlite {

// schema/001.sql, 002.sql, ... in order. `PRAGMA user_version` counts those that a file has.
[[nodiscard]] std::span<const char* const> migrations();

// Brings the schema up to date in one transaction: where it fails nothing is changed. Forward only.
// Errors: kInvalidInput where the schema is newer than `known`. Throws SQLite::Exception.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const char* const> known);

}  // namespace mingjian::sqlite
