#include "adapters/sqlite/leases.h"

#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {
namespace {

// The row changes only where nobody has the lease, or he has it who asks. The clock goes in steps
// of a millisecond, so that one more makes sure that a lease lasts as long as was asked for.
const std::string kTake =
    "INSERT INTO leases (name, holder, fence, expires_at) VALUES (?1, ?2, 1, " + now_text() +
    " + ?3 + 1000) ON CONFLICT (name) DO UPDATE SET fence = fence + (holder <> excluded.holder), "
    "holder = excluded.holder, expires_at = excluded.expires_at "
    "WHERE holder = excluded.holder OR expires_at <= " +
    now_text() + " RETURNING fence";
constexpr const char* kRelease = "UPDATE leases SET expires_at = 0 WHERE name = ? AND holder = ?";

}  // namespace

Result<std::optional<Lease>> SqliteLeases::take(const std::string& name, const std::string& holder,
                                                std::chrono::milliseconds duration) {
  return writer_.change([&](Connection& connection) -> std::optional<Lease> {
    Prepared take = connection.prepare(kTake.c_str());
    take->bind(1, name);
    take->bind(2, holder);
    take->bind(3, static_cast<int64_t>(std::chrono::microseconds(duration).count()));
    if (!take->executeStep()) return std::nullopt;
    return Lease{name, holder, static_cast<std::uint64_t>(take->getColumn(0).getInt64())};
  });
}

Result<void> SqliteLeases::release(const std::string& name, const std::string& holder) {
  return writer_.run([&](Connection& connection) -> Result<void> {
    Prepared release = connection.prepare(kRelease);
    release->bind(1, name);
    release->bind(2, holder);
    release->exec();
    return {};
  });
}

}  // namespace mingjian::sqlite
