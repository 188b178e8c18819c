#pragma once

#include <span>

#include "adapters/mysql/connection.h"
#include "engine/base/result.h"

namespace mingjian::mysql {

// schema/001.sql, 002.sql, ... in order. The table schema_version counts those that a database has.
[[nodiscard]] std::span<const char* const> migrations();

// Brings the schema up to date, forward only. One process of a server at a time; on several nodes
// of a cluster at once it does no harm, as each statement may be repeated. Errors: kInvalidInput
// where the schema is newer than `known`. Throws sql::SQLException.
[[nodiscard]] Result<void> migrate(Connection& connection, std::span<const char* const> known);

// Refuses a server that loses what it acknowledged, or does not carry what is sent.
// Errors: kInvalidInput naming the setting. Throws sql::SQLException.
[[nodiscard]] Result<void> check_server(Connection& connection);

}  // namespace mingjian::mysql
