#pragma once

#include <optional>
#include <span>
#include <vector>

#include "adapters/mysql/connection.h"
#include "engine/ports/store.h"

namespace mingjian::mysql {

// Writes what several commands change inside the open transaction, in the order given and with as
// few statements as one command takes: one that reads what the group meets, one a table. A command
// that does not go through (Stale, Repeated, kConflict for its number, kInvalidInput for its ids)
// writes nothing and does not disturb the others. Requires is_whole() of each. Throws
// sql::SQLException; a duplicate key then says that another transaction was faster.
[[nodiscard]] std::vector<Result<CommitOutcome>> write_group(Connection& connection,
                                                             std::span<const Commit* const> group);

// The answer that a person's key got before. Throws sql::SQLException.
[[nodiscard]] std::optional<IdempotencyRecord> read_answer(Connection& connection,
                                                           const PersonId& person,
                                                           const std::string& key);

// Keeps the answer to a person's key. Throws sql::SQLException, also where the key has one.
void write_answer(Connection& connection, const IdempotencyRecord& record);

}  // namespace mingjian::mysql
