#include "adapters/mysql/connection.h"

#include <algorithm>
#include <limits>

#include <cppconn/driver.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/statement.h>
#include <mysql_connection.h>
#include <mysql_driver.h>

namespace mingjian::mysql {
namespace {

constexpr std::size_t kMostStatements = 256;

// Known to MariaDB with Galera alone; without a cluster it says OFF.
constexpr const char* kAskForCluster = "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'";
constexpr const char* kStrict =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', "
    "innodb_lock_wait_timeout = 3";

::sql::mysql::MySQL_Driver& driver() {
  // Found once: the connector's own registry of drivers has no lock.
  static ::sql::mysql::MySQL_Driver& found = *::sql::mysql::get_driver_instance();
  return found;
}

// The connector wants each thread that uses it to begin and to end.
struct ThreadOfConnector {
  ThreadOfConnector() { driver().threadInit(); }
  ~ThreadOfConnector() { driver().threadEnd(); }
};

std::string url_of(const MysqlOptions::Host& host) {
  const bool ipv6 = host.name.find(':') != std::string::npos;
  return "tcp://" + (ipv6 ? "[" + host.name + "]" : host.name) + ":" + std::to_string(host.port);
}

std::unique_ptr<::sql::Connection> connect(const MysqlOptions& options,
                                           const MysqlOptions::Host& host) {
  ::sql::ConnectOptionsMap map;
  map["hostName"] = ::sql::SQLString(url_of(host));
  map["userName"] = ::sql::SQLString(options.user);
  map["password"] = ::sql::SQLString(options.password);
  map["schema"] = ::sql::SQLString(options.database);
  map["OPT_CHARSET_NAME"] = ::sql::SQLString("utf8mb4");
  map["CLIENT_FOUND_ROWS"] = true;
  map["OPT_RECONNECT"] = false;
  map["OPT_CONNECT_TIMEOUT"] = static_cast<int>(options.connecting.count());
  map["OPT_READ_TIMEOUT"] = static_cast<int>(options.answering.count());
  map["OPT_WRITE_TIMEOUT"] = static_cast<int>(options.answering.count());
  if (!options.authority.empty()) {
    map["sslCA"] = ::sql::SQLString(options.authority);
    // Without it a server that has no TLS is talked to in the clear, and one that has a certificate
    // of the same authority for another name is believed.
    map["sslVerify"] = true;
  }
  return std::unique_ptr<::sql::Connection>(driver().connect(map));
}

unsigned place(std::size_t index) { return static_cast<unsigned>(index + 1); }

void bind(::sql::PreparedStatement& statement, const Values& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&values[i])) {
      statement.setInt64(place(i), *number);
    } else if (const auto* text = std::get_if<std::string>(&values[i])) {
      statement.setString(place(i), *text);
    } else {
      statement.setNull(place(i), 0);
    }
  }
}

bool is_lower_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_place_of_hyphen(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

}  // namespace

std::string selected_instant(const std::string& column) {
  return "TIMESTAMPDIFF(MICROSECOND, TIMESTAMP'1970-01-01 00:00:00', " + column + ")";
}

std::string selected_uuid(const std::string& column) { return "LOWER(HEX(" + column + "))"; }

Rows::Rows(std::unique_ptr<::sql::ResultSet> rows) : rows_(std::move(rows)) {}
Rows::~Rows() = default;
Rows::Rows(Rows&&) noexcept = default;

bool Rows::next() { return rows_->next(); }
bool Rows::is_null(int column) const { return rows_->isNull(static_cast<unsigned>(column + 1)); }
std::int64_t Rows::number(int column) const {
  return rows_->getInt64(static_cast<unsigned>(column + 1));
}
std::string Rows::text(int column) const {
  return rows_->getString(static_cast<unsigned>(column + 1)).asStdString();
}
std::string Rows::uuid(int column) const {
  std::string id = text(column);
  for (const std::size_t at : {8U, 13U, 18U, 23U}) id.insert(at, 1, '-');
  return id;
}

Connection::Connection(const MysqlOptions& options, const MysqlOptions::Host& host) : host_(host) {
  static thread_local const ThreadOfConnector began;
  connection_ = connect(options, host);
  run(kStrict);
  run(options.isolation == MysqlOptions::Isolation::kReadCommitted
          ? "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
          : "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
  Rows cluster = query(kAskForCluster);
  if (cluster.next() && cluster.text(1) == "ON") run("SET SESSION wsrep_sync_wait = 1");
}

Connection::~Connection() = default;

Rows Connection::query(const std::string& text, const Values& values) {
  return Rows(std::unique_ptr<::sql::ResultSet>(prepared(text, values).executeQuery()));
}

std::uint64_t Connection::change(const std::string& text, const Values& values) {
  return static_cast<std::uint64_t>(prepared(text, values).executeUpdate());
}

void Connection::run(const std::string& text) {
  const std::unique_ptr<::sql::Statement> statement(connection_->createStatement());
  statement->execute(text);
}

::sql::PreparedStatement& Connection::prepared(const std::string& text, const Values& values) {
  static thread_local const ThreadOfConnector began;
  auto found = statements_.find(text);
  if (found == statements_.end()) {
    if (statements_.size() >= kMostStatements) statements_.clear();
    std::unique_ptr<::sql::PreparedStatement> fresh(connection_->prepareStatement(text));
    found = statements_.emplace(text, std::move(fresh)).first;
  }
  bind(*found->second, values);
  return *found->second;
}

Value instant_value(const std::optional<Instant>& at) {
  if (!at) return std::monostate();
  return instant_value(*at);
}

Value count_value(std::uint64_t count) {
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  return static_cast<std::int64_t>(std::min(count, kMost));
}

Value uuid_value(std::string_view id) {
  if (id.size() != 36) return std::monostate();
  std::string digits;
  digits.reserve(32);
  for (std::size_t at = 0; at < id.size(); ++at) {
    if (is_place_of_hyphen(at)) {
      if (id[at] != '-') return std::monostate();
    } else if (is_lower_hex(id[at])) {
      digits += id[at];
    } else {
      return std::monostate();
    }
  }
  return digits;
}

}  // namespace mingjian::mysql
