#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "adapters/mysql/options.h"
#include "adapters/sql/union_query.h"
#include "engine/base/instant.h"

namespace sql {
class Connection;
class PreparedStatement;
class ResultSet;
}  // namespace sql

namespace mingjian::mysql {

using sql::Value;
using Values = std::vector<Value>;

// What stands in a statement for an Instant and for a UUID, and what selects them.
inline constexpr const char* kInstant =
    "TIMESTAMPADD(MICROSECOND, ?, TIMESTAMP'1970-01-01 00:00:00')";
inline constexpr const char* kUuid = "UNHEX(?)";
[[nodiscard]] std::string selected_instant(const std::string& column);
[[nodiscard]] std::string selected_uuid(const std::string& column);

// The rows that a query gives, one after the other. Columns count from 0.
class Rows {
 public:
  explicit Rows(std::unique_ptr<::sql::ResultSet> rows);
  ~Rows();
  Rows(Rows&&) noexcept;
  Rows& operator=(Rows&&) = delete;

  // Goes to the next row; at first none is present.
  [[nodiscard]] bool next();
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::string uuid(int column) const;  // of 32 hexadecimal digits
  [[nodiscard]] Instant instant(int column) const { return {number(column)}; }

 private:
  std::unique_ptr<::sql::ResultSet> rows_;
};

// One connection with its prepared statements, which are kept. One thread at a time. Everything
// throws sql::SQLException. After an exception that breaks_connection() it must not be used again:
// the connector would say nothing of what does not work any more.
class Connection {
 public:
  // Connects to the host and sets up the session: strict, in UTC, with the isolation asked for, and
  // in a cluster with reads that wait for what was acknowledged elsewhere (wsrep_sync_wait).
  Connection(const MysqlOptions& options, const MysqlOptions::Host& host);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  [[nodiscard]] Rows query(const std::string& text, const Values& values = {});
  // Gives how many rows it found; for an upsert that is 1 a row that was new and 2 one that was
  // not.
  std::uint64_t change(const std::string& text, const Values& values = {});
  // Sends a statement as it is. COMMIT and ROLLBACK go this way: the connector's own commit() hides
  // that the server refused.
  void run(const std::string& text);

  [[nodiscard]] const MysqlOptions::Host& host() const { return host_; }

 private:
  ::sql::PreparedStatement& prepared(const std::string& text, const Values& values);

  const MysqlOptions::Host host_;
  std::unique_ptr<::sql::Connection> connection_;
  std::unordered_map<std::string, std::unique_ptr<::sql::PreparedStatement>> statements_;
};

// The parameter for a UUID: its digits without hyphens. An id that is no UUID in lower case gives
// the parameter NULL, which is equal to no id and which no table takes.
[[nodiscard]] Value uuid_value(std::string_view id);
[[nodiscard]] inline Value instant_value(Instant at) { return at.microseconds; }
// NULL where there is none.
[[nodiscard]] Value instant_value(const std::optional<Instant>& at);
// A limit or a version; beyond what the database counts with it means the same as the greatest.
[[nodiscard]] Value count_value(std::uint64_t count);

}  // namespace mingjian::mysql
