#include <stdexcept>

#include "adapters/memory/memory_definition_store.h"
#include "adapters/memory/memory_directory.h"
#include "adapters/memory/memory_store.h"
#include "adapters/mysql/database.h"
#include "adapters/sqlite/database.h"
#include "tests/contract/adapter_contract.h"
#include "tests/support/mariadb_server.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

class InMemory : public AdapterUnderTest {
 public:
  Store& store() override { return store_; }
  Directory& directory() override { return directory_; }
  DefinitionStore& definitions() override { return definitions_; }

 private:
  MemoryStore store_;
  MemoryDirectory directory_;
  MemoryDefinitionStore definitions_;
};

class InSqlite : public AdapterUnderTest {
 public:
  InSqlite() {
    auto opened = SqliteDatabase::open(folder_.file("mingjian.db"));
    if (!opened) throw std::runtime_error(opened.error().message.en);
    database_ = std::move(*opened);
  }
  Store& store() override { return database_->store(); }
  Directory& directory() override { return database_->directory(); }
  DefinitionStore& definitions() override { return database_->definitions(); }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<SqliteDatabase> database_;
};

class InMariadb : public AdapterUnderTest {
 public:
  explicit InMariadb(const std::string& settings) {
    auto options = parse_mysql_address(place_.address(settings));
    if (!options) throw std::runtime_error(options.error().message.en);
    auto opened = MysqlDatabase::open(*options);
    if (!opened) throw std::runtime_error(opened.error().message.en);
    database_ = std::move(*opened);
  }
  Store& store() override { return database_->store(); }
  Directory& directory() override { return database_->directory(); }
  DefinitionStore& definitions() override { return database_->definitions(); }

 private:
  MariadbDatabase place_{shared_mariadb()};
  std::unique_ptr<MysqlDatabase> database_;
};

}  // namespace

std::vector<AdapterMaker> adapters_under_test() {
  return {{"Memory", [] { return std::make_unique<InMemory>(); }},
          {"Sqlite", [] { return std::make_unique<InSqlite>(); }},
          {"MariadbReadCommitted",
           [] { return std::make_unique<InMariadb>("isolation=read-committed"); }},
          {"MariadbRepeatableRead",
           [] { return std::make_unique<InMariadb>("isolation=repeatable-read"); }}};
}

}  // namespace mingjian::testing
