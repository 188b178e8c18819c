#pragma once

#include <memory>

#include "adapters/mysql/options.h"
#include "engine/base/result.h"
#include "engine/ports/database.h"

namespace mingjian {

// A MariaDB or MySQL database, or a Galera cluster of them. Any number of processes on any machines
// may use it. Thread-safe.
class MysqlDatabase : public Database {
 public:
  // Connects and brings the schema up to date. The database itself must be there. Errors:
  // kUnavailable; kInvalidInput where the schema is newer than this program knows, or the server is
  // set up so that it loses what it acknowledged.
  [[nodiscard]] static Result<std::unique_ptr<MysqlDatabase>> open(MysqlOptions options);
  // Requires that no call is under way.
  ~MysqlDatabase() override;

  Store& store() override;
  Directory& directory() override;
  DefinitionStore& definitions() override;
  Leases& leases() override;
  Transfer& transfer() override;
  WriteCounts counts() const override;

 private:
  struct Rooms;
  explicit MysqlDatabase(std::unique_ptr<Rooms> rooms);
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace mingjian
