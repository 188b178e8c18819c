#pragma once

#include <optional>
#include <vector>

#include "adapters/sqlite/connection.h"
#include "engine/ports/store.h"

// The table of timers. All that reads or writes throws SQLite::Exception.
namespace mingjian::sqlite {

// What a claim may have now, the first to fall due first. Its values: ?1 the moment of the claim,
// ?2 how long it believes others (both in microseconds), ?3 its limit.
[[nodiscard]] const char* claimable_timers();

// Whether there is anything to claim.
[[nodiscard]] bool is_due(Connection& connection, const TimerClaim& claim);
// Inside the open transaction, which keeps all others from claiming.
[[nodiscard]] std::vector<TimerRow> claim_timers(Connection& connection, const TimerClaim& claim);

[[nodiscard]] std::optional<Instant> read_timer(Connection& connection, const CaseId& id);
// Replaces the timer of the case by one that nobody has claimed, or by none.
void write_timer(Connection& connection, const CaseId& id, const std::optional<Instant>& due_at);
// The same where the case has that version.
void mend_timer(Connection& connection, const CaseId& id, Version version,
                const TimerChange& timer);

}  // namespace mingjian::sqlite
