#include "adapters/mysql/timers.h"

#include "adapters/mysql/insertion.h"
#include "adapters/mysql/tables.h"

namespace mingjian::mysql {
namespace {

const std::string kUuidText = kUuid;
const std::string kInstantText = kInstant;
const std::string kNow = "UTC_TIMESTAMP(6)";
const std::string kEndOfLease = "TIMESTAMPADD(MICROSECOND, ?, " + kNow + ")";
const std::string kUnclaimed = "'', TIMESTAMP'1970-01-01 00:00:00'";

const std::string kClaimable =
    "SELECT " + selected_uuid("case_id") + ", " + selected_instant("due_at") +
    ", claimed_by FROM timers FORCE INDEX (timers_by_due) WHERE due_at <= " + kInstantText +
    " AND (claimed_until <= " + kNow + " OR claimed_until > " + kEndOfLease +
    ") ORDER BY due_at LIMIT ?";
const std::string kClaim =
    "UPDATE timers SET claimed_by = ?, claimed_until = " + kEndOfLease + " WHERE ";
const std::string kAsRead =
    "(case_id = " + kUuidText + " AND due_at = " + kInstantText + " AND claimed_by = ?)";
const std::string kClaimed = "SELECT " + selected_uuid("case_id") + ", " +
                             selected_instant("due_at") +
                             " FROM timers WHERE claimed_by = ? AND case_id IN (";
const std::string kInOrder = ") ORDER BY due_at, case_id";
const std::string kRead =
    "SELECT " + selected_instant("due_at") + " FROM timers WHERE case_id = " + kUuidText;
const std::string kColumns = "INSERT INTO timers (case_id, due_at, claimed_by, claimed_until) ";
const std::string kRow = "(" + kUuidText + ", " + kInstantText + ", " + kUnclaimed + ")";
const std::string kReplace =
    " ON DUPLICATE KEY UPDATE due_at = VALUES(due_at), claimed_by = VALUES(claimed_by), "
    "claimed_until = VALUES(claimed_until)";
const std::string kMend = kColumns + "SELECT id, " + kInstantText + ", " + kUnclaimed +
                          " FROM cases WHERE id = " + kUuidText + " AND version = ?" + kReplace;
const std::string kMendAway =
    "DELETE t FROM timers t JOIN cases c ON c.id = t.case_id WHERE c.id = " + kUuidText +
    " AND c.version = ?";

std::int64_t microseconds(std::chrono::milliseconds duration) {
  return std::chrono::microseconds(duration).count();
}

}  // namespace

const std::string& claimable_timers() { return kClaimable; }

std::vector<ClaimableTimer> read_claimable(Connection& connection, const TimerClaim& claim) {
  Rows rows = connection.query(kClaimable,
                               {instant_value(claim.due_by), microseconds(claim.longest_believed()),
                                count_value(claim.limit)});
  std::vector<ClaimableTimer> found;
  while (rows.next()) found.push_back({{CaseId(rows.uuid(0)), rows.instant(1)}, rows.text(2)});
  return found;
}

void claim_as_read(Connection& connection, const TimerClaim& claim,
                   const std::vector<ClaimableTimer>& read) {
  Values values = {claim.claimer, microseconds(claim.lease)};
  for (const ClaimableTimer& timer : read) {
    values.push_back(uuid_value(timer.row.case_id.value()));
    values.push_back(instant_value(timer.row.due_at));
    values.push_back(timer.claimed_by);
  }
  connection.change(kClaim + repeated(kAsRead, " OR ", read.size()), values);
}

std::vector<TimerRow> read_claimed(Connection& connection, const TimerClaim& claim,
                                   const std::vector<ClaimableTimer>& read) {
  Values values = {claim.claimer};
  for (const ClaimableTimer& timer : read) values.push_back(uuid_value(timer.row.case_id.value()));
  Rows rows =
      connection.query(kClaimed + repeated(kUuidText, ", ", read.size()) + kInOrder, values);
  std::vector<TimerRow> claimed;
  while (rows.next()) claimed.push_back({CaseId(rows.uuid(0)), rows.instant(1)});
  return claimed;
}

std::optional<Instant> read_timer(Connection& connection, const CaseId& id) {
  Rows rows = connection.query(kRead, {uuid_value(id.value())});
  if (!rows.next()) return std::nullopt;
  return rows.instant(0);
}

void write_timers(Connection& connection, const std::vector<TimerRow>& timers, const Values& old) {
  remove_rows(connection, "timers", "case_id", kUuid, old);
  Insertion insertion(connection, kColumns + "VALUES", kRow, kReplace);
  for (const TimerRow& timer : timers) {
    insertion.row().value(uuid_value(timer.case_id.value())).value(instant_value(timer.due_at));
  }
  insertion.finish();
}

void mend_timer(Connection& connection, const CaseId& id, Version version,
                const TimerChange& timer) {
  if (timer.due_at) {
    connection.change(kMend,
                      {instant_value(*timer.due_at), uuid_value(id.value()), count_value(version)});
  } else {
    connection.change(kMendAway, {uuid_value(id.value()), count_value(version)});
  }
}

}  // namespace mingjian::mysql
