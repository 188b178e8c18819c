#pragma once

#include <optional>
#include <vector>

#include "adapters/mysql/connection.h"
#include "engine/ports/store.h"

// The table of timers. All that reads or writes throws sql::SQLException. A row lock says nothing
// to the other nodes of a cluster, so that a claim compares what it read with what it finds, and
// counts once it is committed.
namespace mingjian::mysql {

// What a claim may have now, the first to fall due first: id, moment, claimer. Its values: the
// moment of the claim, how long it believes others (both in microseconds), its limit.
[[nodiscard]] const std::string& claimable_timers();

// A timer that may be claimed, as it was read.
struct ClaimableTimer {
  TimerRow row;
  std::string claimed_by;
};
[[nodiscard]] std::vector<ClaimableTimer> read_claimable(Connection& connection,
                                                         const TimerClaim& claim);
// Claims those that are still as they were read: one statement that commits itself. Again it does
// no harm.
void claim_as_read(Connection& connection, const TimerClaim& claim,
                   const std::vector<ClaimableTimer>& read);
// Which of them the claimer has.
[[nodiscard]] std::vector<TimerRow> read_claimed(Connection& connection, const TimerClaim& claim,
                                                 const std::vector<ClaimableTimer>& read);

[[nodiscard]] std::optional<Instant> read_timer(Connection& connection, const CaseId& id);
// Replaces timers by such that nobody has claimed, and takes those of the cases `old` away.
void write_timers(Connection& connection, const std::vector<TimerRow>& timers, const Values& old);
// Replaces the timer of the case where it has that version. Commits itself; again it does no harm.
void mend_timer(Connection& connection, const CaseId& id, Version version,
                const TimerChange& timer);

}  // namespace mingjian::mysql
