#include "adapters/sqlite/migrations.h"

#include <array>
#include <string>

namespace mingjian::sqlite {
namespace {

constexpr std::array kMigrations = {
#include "schema.inc"
};

std::size_t applied(Connection& connection) {
  return connection.database().execAndGet("PRAGMA user_version").getUInt();
}

tl::unexpected<Error> too_new(std::size_t present, std::size_t known) {
  const auto has = std::to_string(present);
  const auto knows = std::to_string(known);
  return fail(ErrorKind::kInvalidInput,
              {"数据库结构是第 " + has + " 版，本程序只认识到第 " + knows + " 版，请使用更新的程序",
               "the schema of the database is version " + has + "; this program knows up to " +
                   knows + "; use a newer one"});
}

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

Result<void> migrate(Connection& connection, std::span<const char* const> known) {
  // The usual case, without the write lock: another process may be writing for long.
  if (applied(connection) == known.size()) return {};
  SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
  const std::size_t present = applied(connection);
  if (present > known.size()) return too_new(present, known.size());
  for (const char* const sql : known.subspan(present)) connection.database().exec(sql);
  connection.database().exec("PRAGMA user_version = " + std::to_string(known.size()));
  transaction.commit();
  return {};
}

}  // namespace mingjian::sqlite
