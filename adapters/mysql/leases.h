#pragma once

#include "adapters/mysql/pool.h"
#include "engine/ports/leases.h"

namespace mingjian::mysql {

// Leases in MariaDB or MySQL. Locks of rows end at the node of a cluster, so each change names what
// was read, and a conflict of two nodes begins anew. `pool` must outlive it. Thread-safe.
class MysqlLeases : public Leases {
 public:
  explicit MysqlLeases(Pool& pool) : pool_(pool) {}

  Result<std::optional<Lease>> take(const std::string& name, const std::string& holder,
                                    std::chrono::milliseconds duration) override;
  Result<void> release(const std::string& name, const std::string& holder) override;

 private:
  Pool& pool_;
};

}  // namespace mingjian::mysql
