#pragma once

#include "adapters/sqlite/writer.h"
#include "engine/ports/leases.h"

namespace mingjian::sqlite {

// Leases in SQLite. `writer` must outlive it. Thread-safe.
class SqliteLeases : public Leases {
 public:
  explicit SqliteLeases(Writer& writer) : writer_(writer) {}

  Result<std::optional<Lease>> take(const std::string& name, const std::string& holder,
                                    std::chrono::milliseconds duration) override;
  Result<void> release(const std::string& name, const std::string& holder) override;

 private:
  Writer& writer_;
};

}  // namespace mingjian::sqlite
