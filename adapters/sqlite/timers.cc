#include "adapters/sqlite/timers.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {
namespace {

// It stands still while a statement runs.
const std::string kNow = now_text();

const std::string kClaimable =
    "SELECT case_id FROM timers WHERE due_at <= ?1 AND (claimed_until <= " + kNow +
    " OR claimed_until > " + kNow + " + ?2) ORDER BY due_at LIMIT ?3";
const std::string kClaim = "UPDATE timers SET claimed_by = ?4, claimed_until = " + kNow +
                           " + ?5 WHERE case_id IN (" + kClaimable + ") RETURNING case_id, due_at";
constexpr const char* kRead = "SELECT due_at FROM timers WHERE case_id = ?";
constexpr const char* kDrop = "DELETE FROM timers WHERE case_id = ?";
constexpr const char* kPut =
    "INSERT OR REPLACE INTO timers (case_id, due_at, claimed_by, claimed_until) "
    "VALUES (?, ?, '', 0)";
constexpr const char* kReadVersion = "SELECT version FROM cases WHERE id = ?";

int64_t microseconds(std::chrono::milliseconds duration) {
  return std::chrono::microseconds(duration).count();
}

void bind(SQLite::Statement& statement, const TimerClaim& claim, std::size_t limit) {
  statement.bind(1, static_cast<int64_t>(claim.due_by.microseconds));
  statement.bind(2, microseconds(claim.longest_believed()));
  statement.bind(3, bound_count(limit));
}

}  // namespace

const char* claimable_timers() { return kClaimable.c_str(); }

bool is_due(Connection& connection, const TimerClaim& claim) {
  Prepared read = connection.prepare(kClaimable.c_str());
  bind(*read, claim, std::min<std::size_t>(claim.limit, 1));
  return read->executeStep();
}

std::vector<TimerRow> claim_timers(Connection& connection, const TimerClaim& claim) {
  Prepared take = connection.prepare(kClaim.c_str());
  bind(*take, claim, claim.limit);
  take->bind(4, claim.claimer);
  take->bind(5, microseconds(claim.lease));
  std::vector<TimerRow> rows;
  while (take->executeStep()) {
    rows.push_back(
        {CaseId(take->getColumn(0).getString()), Instant{take->getColumn(1).getInt64()}});
  }
  // They come in any order.
  std::sort(rows.begin(), rows.end(), [](const TimerRow& a, const TimerRow& b) {
    return std::tie(a.due_at, a.case_id) < std::tie(b.due_at, b.case_id);
  });
  return rows;
}

std::optional<Instant> read_timer(Connection& connection, const CaseId& id) {
  Prepared read = connection.prepare(kRead);
  read->bind(1, id.value());
  if (!read->executeStep()) return std::nullopt;
  return Instant{read->getColumn(0).getInt64()};
}

void write_timer(Connection& connection, const CaseId& id, const std::optional<Instant>& due_at) {
  Prepared write = connection.prepare(due_at ? kPut : kDrop);
  write->bind(1, id.value());
  if (due_at) write->bind(2, static_cast<int64_t>(due_at->microseconds));
  write->exec();
}

void mend_timer(Connection& connection, const CaseId& id, Version version,
                const TimerChange& timer) {
  Version present = 0;
  {
    Prepared read = connection.prepare(kReadVersion);
    read->bind(1, id.value());
    if (read->executeStep()) present = static_cast<Version>(read->getColumn(0).getInt64());
  }
  if (present == version && present != 0) write_timer(connection, id, timer.due_at);
}

}  // namespace mingjian::sqlite
