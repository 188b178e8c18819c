#include "api/cli/open_database.h"

#include <filesystem>
#include <string_view>
#include <utility>

#include "adapters/mysql/database.h"
#include "adapters/sqlite/database.h"

namespace mingjian::cli {
namespace {

constexpr std::string_view kSqlite = "sqlite:";
constexpr std::string_view kMysql = "mysql:";

// As the base of it.
template <class Opened>
Result<std::unique_ptr<Database>> as_database(Result<std::unique_ptr<Opened>> opened) {
  if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
  return std::unique_ptr<Database>(std::move(*opened));
}

}  // namespace

std::optional<std::string> sqlite_file(const std::string& store) {
  if (store.starts_with(kMysql)) return std::nullopt;
  return store.starts_with(kSqlite) ? store.substr(kSqlite.size()) : store;
}

Result<std::unique_ptr<Database>> open_database(const std::string& store) {
  if (const auto file = sqlite_file(store)) return as_database(SqliteDatabase::open(*file));
  auto options = parse_mysql_address(store);
  if (!options) return tl::unexpected<Error>(std::move(options.error()));
  return as_database(MysqlDatabase::open(std::move(*options)));
}

Result<std::unique_ptr<Database>> open_existing_database(const std::string& store) {
  const auto file = sqlite_file(store);
  if (!file || std::filesystem::exists(*file)) return open_database(store);
  return fail(ErrorKind::kNotFound,
              {"没有数据库文件 " + *file, "there is no database file " + *file});
}

std::string readable_store(const std::string& store) {
  if (!store.starts_with(kMysql)) return store;
  const auto options = parse_mysql_address(store);
  return options ? readable_address(*options) : std::string(kMysql);
}

}  // namespace mingjian::cli
