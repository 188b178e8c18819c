#pragma once

#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// Writes one command's changes inside the open transaction. Requires is_whole(commit). Throws
// SQLite::Exception. Where the outcome is not Committed nothing was written.
[[nodiscard]] CommitOutcome write_commit(Connection& connection, const Commit& commit);

// The answer that a person's key got before. Throws SQLite::Exception.
[[nodiscard]] std::optional<IdempotencyRecord> read_answer(Connection& connection,
                                                           const PersonId& person,
                                                           const std::string& key);

// Keeps the answer to a person's key. Throws SQLite::Exception, also where the key has one.
void write_answer(Connection& connection, const IdempotencyRecord& record);

}  // namespace mingjian::sqlite
