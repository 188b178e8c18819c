#include "adapters/mysql/migrations.h"

#include <array>
#include <string>
#include <string_view>

#include <cppconn/exception.h>

namespace mingjian::mysql {
namespace {

constexpr std::array kMigrations = {
#include "schema.inc"
};

constexpr const char* kCreateCount =
    "CREATE TABLE IF NOT EXISTS schema_version (id TINYINT NOT NULL, version BIGINT NOT NULL, "
    "PRIMARY KEY (id)) ENGINE=InnoDB";
constexpr const char* kReadCount = "SELECT version FROM schema_version WHERE id = 1";
constexpr const char* kWriteCount =
    "INSERT INTO schema_version (id, version) VALUES (1, ?) "
    "ON DUPLICATE KEY UPDATE version = GREATEST(version, VALUES(version))";
constexpr const char* kLock = "SELECT GET_LOCK('mingjian schema', 60)";
constexpr const char* kUnlock = "SELECT RELEASE_LOCK('mingjian schema')";

// Without one a cluster sends rows that it cannot tell apart.
constexpr const char* kTablesWithoutKey =
    "SELECT t.table_name FROM information_schema.tables t WHERE t.table_schema = DATABASE() "
    "AND t.table_type = 'BASE TABLE' AND NOT EXISTS (SELECT 1 FROM "
    "information_schema.table_constraints c WHERE c.table_schema = t.table_schema "
    "AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY') LIMIT 1";

constexpr std::int64_t kLeastPacket = 16 << 20;

std::size_t applied(Connection& connection) {
  Rows rows = connection.query(kReadCount);
  return rows.next() ? static_cast<std::size_t>(rows.number(0)) : 0;
}

tl::unexpected<Error> too_new(std::size_t present, std::size_t known) {
  const auto has = std::to_string(present);
  const auto knows = std::to_string(known);
  return fail(ErrorKind::kInvalidInput,
              {"数据库结构是第 " + has + " 版，本程序只认识到第 " + knows + " 版，请使用更新的程序",
               "the schema of the database is version " + has + "; this program knows up to " +
                   knows + "; use a newer one"});
}

// Runs one statement of a migration, which an earlier try may have come past before it was cut off:
// a column or an index that is there already is what it wants.
void run_again(Connection& connection, const std::string& statement) {
  constexpr int kColumnIsThere = 1060;
  constexpr int kIndexIsThere = 1061;
  try {
    connection.run(statement);
  } catch (const ::sql::SQLException& exception) {
    const int number = exception.getErrorCode();
    if (number != kColumnIsThere && number != kIndexIsThere) throw;
  }
}

// The server takes one statement at a time. A migration has no semicolon but at the end of a line
// that ends a statement.
void run_all(Connection& connection, std::string_view script) {
  while (!script.empty()) {
    const auto end = script.find(";\n");
    const auto statement = script.substr(0, end);
    if (statement.find_first_not_of(" \n") != std::string_view::npos)
      run_again(connection, std::string(statement));
    script.remove_prefix(end == std::string_view::npos ? script.size() : end + 2);
  }
}

// A lock of this server, given back whatever happens.
class SchemaLock {
 public:
  explicit SchemaLock(Connection& connection) : connection_(connection) {
    static_cast<void>(connection_.query(kLock));
  }
  ~SchemaLock() {
    try {
      static_cast<void>(connection_.query(kUnlock));
    } catch (...) {  // the lock goes with the connection
      return;
    }
  }
  SchemaLock(const SchemaLock&) = delete;
  SchemaLock& operator=(const SchemaLock&) = delete;

 private:
  Connection& connection_;
};

Result<void> unsafe(const std::string& setting, const std::string& value, const std::string& want) {
  return fail(ErrorKind::kInvalidInput,
              {"数据库服务器的设置不安全：" + setting + " = " + value + "，应为 " + want,
               "the database server has an unsafe setting: " + setting + " = " + value +
                   "; it must be " + want});
}

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

Result<void> migrate(Connection& connection, std::span<const char* const> known) {
  connection.run(kCreateCount);
  std::size_t present = applied(connection);
  if (present == known.size()) return {};
  const SchemaLock lock(connection);
  present = applied(connection);
  if (present > known.size()) return too_new(present, known.size());
  for (const char* const script : known.subspan(present)) run_all(connection, script);
  connection.change(kWriteCount, {static_cast<std::int64_t>(known.size())});
  return {};
}

Result<void> check_server(Connection& connection) {
  Rows rows = connection.query(
      "SELECT @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog, @@binlog_format, "
      "@@max_allowed_packet");
  if (!rows.next()) return {};
  // 0 and 2 lose the last second of acknowledged commits with the power.
  if (rows.number(0) != 1) return unsafe("innodb_flush_log_at_trx_commit", rows.text(0), "1");
  const bool log = rows.number(1) != 0;
  // Recovery undoes what the binary log does not have.
  if (log && rows.number(2) != 1) return unsafe("sync_binlog", rows.text(2), "1");
  if (log && rows.text(3) != "ROW") return unsafe("binlog_format", rows.text(3), "ROW");
  if (rows.number(4) < kLeastPacket)
    return unsafe("max_allowed_packet", rows.text(4), ">= " + std::to_string(kLeastPacket));
  Rows without_key = connection.query(kTablesWithoutKey);
  if (without_key.next()) {
    const std::string table = without_key.text(0);
    return fail(ErrorKind::kInvalidInput,
                {"表 " + table + " 没有主键", "the table " + table + " has no primary key"});
  }
  return {};
}

}  // namespace mingjian::mysql
