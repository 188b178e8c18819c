#include "adapters/mysql/database.h"

#include <utility>

#include "adapters/mysql/definitions.h"
#include "adapters/mysql/directory.h"
#include "adapters/mysql/group_writer.h"
#include "adapters/mysql/leases.h"
#include "adapters/mysql/migrations.h"
#include "adapters/mysql/pool.h"
#include "adapters/mysql/store.h"
#include "adapters/mysql/transfer.h"

namespace mingjian {
namespace {

// A change of a large table takes longer than any command may.
constexpr std::chrono::minutes kMigrates{30};

}  // namespace

struct MysqlDatabase::Rooms {
  explicit Rooms(MysqlOptions options) : pool(std::move(options)) {}
  mysql::Pool pool;
  mysql::GroupWriter writer{pool};
  mysql::MysqlStore store{writer, pool};
  mysql::MysqlDirectory directory{pool};
  mysql::MysqlDefinitionStore definitions{pool};
  mysql::MysqlLeases leases{pool};
  mysql::MysqlTransfer transfer{pool};
};

MysqlDatabase::MysqlDatabase(std::unique_ptr<Rooms> rooms) : rooms_(std::move(rooms)) {}
MysqlDatabase::~MysqlDatabase() = default;

Result<std::unique_ptr<MysqlDatabase>> MysqlDatabase::open(MysqlOptions options) {
  const std::string name = readable_address(options);
  MysqlOptions opening = options;
  opening.answering = kMigrates;
  auto ready = mysql::Pool(opening).statement([](mysql::Connection& connection) {
    auto safe = mysql::check_server(connection);
    return safe ? mysql::migrate(connection, mysql::migrations()) : safe;
  });
  if (ready) {
    return std::unique_ptr<MysqlDatabase>(
        new MysqlDatabase(std::make_unique<Rooms>(std::move(options))));
  }
  Error error = std::move(ready.error());
  error.message = {name + "：" + error.message.zh, name + ": " + error.message.en};
  return tl::unexpected<Error>(std::move(error));
}

Store& MysqlDatabase::store() { return rooms_->store; }
Directory& MysqlDatabase::directory() { return rooms_->directory; }
DefinitionStore& MysqlDatabase::definitions() { return rooms_->definitions; }
Leases& MysqlDatabase::leases() { return rooms_->leases; }
Transfer& MysqlDatabase::transfer() { return rooms_->transfer; }
WriteCounts MysqlDatabase::counts() const { return rooms_->writer.counts(); }

}  // namespace mingjian
