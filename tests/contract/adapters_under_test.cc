#include <stdexcept>
#include <utility>

#include "adapters/memory/memory_definition_store.h"
#include "adapters/memory/memory_directory.h"
#include "adapters/memory/memory_leases.h"
#include "adapters/memory/memory_store.h"
#include "adapters/mysql/database.h"
#include "adapters/sqlite/database.h"
#include "tests/contract/adapter_contract.h"
#include "tests/contract/databases_under_test.h"
#include "tests/support/mariadb_server.h"
#include "tests/support/temporary_folder.h"

namespace mingjian::testing {
namespace {

class InMemory : public AdapterUnderTest {
 public:
  Store& store() override { return store_; }
  Directory& directory() override { return directory_; }
  DefinitionStore& definitions() override { return definitions_; }
  Leases& leases() override { return leases_; }

 private:
  MemoryStore store_;
  MemoryDirectory directory_;
  MemoryDefinitionStore definitions_;
  MemoryLeases leases_;
};

template <class Opened>
std::unique_ptr<Database> opened(Result<std::unique_ptr<Opened>> database) {
  if (!database) throw std::runtime_error(database.error().message.en);
  return std::move(*database);
}

class InSqlite : public DatabaseUnderTest {
 public:
  Database& database() override { return *database_; }
  std::unique_ptr<Database> open_again() override {
    return opened(SqliteDatabase::open(folder_.file("mingjian.db")));
  }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<Database> database_ = open_again();
};

class InMariadb : public DatabaseUnderTest {
 public:
  explicit InMariadb(std::string settings) : settings_(std::move(settings)) {}
  Database& database() override { return *database_; }
  std::unique_ptr<Database> open_again() override {
    return opened(MysqlDatabase::open(parse_mysql_address(place_.address(settings_)).value()));
  }

 private:
  const std::string settings_;
  MariadbDatabase place_{shared_mariadb()};
  std::unique_ptr<Database> database_ = open_again();
};

// What a database keeps cases, people and definitions in.
class InDatabase : public AdapterUnderTest {
 public:
  explicit InDatabase(std::unique_ptr<DatabaseUnderTest> place) : place_(std::move(place)) {}
  Store& store() override { return place_->database().store(); }
  Directory& directory() override { return place_->database().directory(); }
  DefinitionStore& definitions() override { return place_->database().definitions(); }
  Leases& leases() override { return place_->database().leases(); }

 private:
  std::unique_ptr<DatabaseUnderTest> place_;
};

std::vector<DatabaseMaker> all_databases() {
  return {{"Sqlite", [] { return std::make_unique<InSqlite>(); }},
          {"MariadbReadCommitted",
           [] { return std::make_unique<InMariadb>("isolation=read-committed"); }},
          {"MariadbRepeatableRead",
           [] { return std::make_unique<InMariadb>("isolation=repeatable-read"); }}};
}

}  // namespace

std::vector<DatabaseMaker> databases_under_test() {
  return {all_databases()[0], all_databases()[1]};
}

std::vector<AdapterMaker> adapters_under_test() {
  std::vector<AdapterMaker> makers = {{"Memory", [] { return std::make_unique<InMemory>(); }}};
  for (const DatabaseMaker& database : all_databases()) {
    makers.push_back(
        {database.name, [make = database.make] { return std::make_unique<InDatabase>(make()); }});
  }
  return makers;
}

}  // namespace mingjian::testing
