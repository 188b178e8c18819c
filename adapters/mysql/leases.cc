#include "adapters/mysql/leases.h"

#include <string>

namespace mingjian::mysql {
namespace {

// Whoever loses the race for a row reads again; one of those who race always gets on.
constexpr int kMostRaces = 10;

constexpr const char* kRead =
    "SELECT holder, fence, expires_at <= UTC_TIMESTAMP(6) FROM leases WHERE name = ?";
constexpr const char* kInsert =
    "INSERT INTO leases (expires_at, holder, fence, name) "
    "VALUES (TIMESTAMPADD(MICROSECOND, ?, UTC_TIMESTAMP(6)), ?, ?, ?)";
constexpr const char* kRenew =
    "UPDATE leases SET expires_at = TIMESTAMPADD(MICROSECOND, ?, UTC_TIMESTAMP(6)) "
    "WHERE holder = ? AND fence = ? AND name = ?";
constexpr const char* kTakeOver =
    "UPDATE leases SET expires_at = TIMESTAMPADD(MICROSECOND, ?, UTC_TIMESTAMP(6)), holder = ?, "
    "fence = ? WHERE name = ? AND fence = ? AND expires_at <= UTC_TIMESTAMP(6)";
constexpr const char* kRelease =
    "UPDATE leases SET expires_at = '1970-01-01' WHERE name = ? AND holder = ?";

// One try, each statement of which commits itself. Nothing where another was faster.
std::optional<std::optional<Lease>> try_to_take(Connection& connection, const std::string& name,
                                                const std::string& holder, std::int64_t duration) {
  const auto taken = [&](std::int64_t fence) {
    return std::optional(std::optional(Lease{name, holder, static_cast<std::uint64_t>(fence)}));
  };
  Rows rows = connection.query(kRead, {name});
  if (!rows.next()) {
    connection.change(kInsert, {duration, holder, std::int64_t{1}, name});
    return taken(1);
  }
  const std::int64_t fence = rows.number(1);
  if (rows.text(0) == holder) {
    const bool renewed = connection.change(kRenew, {duration, holder, fence, name}) == 1;
    return renewed ? taken(fence) : std::nullopt;
  }
  const bool lapsed = rows.number(2) != 0;
  if (!lapsed) return std::optional<Lease>();
  const bool changed =
      connection.change(kTakeOver, {duration, holder, fence + 1, name, fence}) == 1;
  return changed ? taken(fence + 1) : std::nullopt;
}

}  // namespace

Result<std::optional<Lease>> MysqlLeases::take(const std::string& name, const std::string& holder,
                                               std::chrono::milliseconds duration) {
  const std::int64_t microseconds = std::chrono::microseconds(duration).count();
  return pool_.ask([&](Connection& connection) -> std::optional<Lease> {
    for (int race = 0; race < kMostRaces; ++race) {
      auto taken = try_to_take(connection, name, holder, microseconds);
      if (taken) return std::move(*taken);
    }
    return std::nullopt;
  });
}

Result<void> MysqlLeases::release(const std::string& name, const std::string& holder) {
  return pool_.statement([&](Connection& connection) -> Result<void> {
    connection.change(kRelease, {name, holder});
    return {};
  });
}

}  // namespace mingjian::mysql
