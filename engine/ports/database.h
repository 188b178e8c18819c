#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/ports/definition_store.h"
#include "engine/ports/directory.h"
#include "engine/ports/leases.h"
#include "engine/ports/store.h"
#include "engine/ports/transfer.h"

namespace mingjian {

// How much work a database has done for this process, and has before it.
struct WriteCounts {
  std::uint64_t writes = 0;        // whose transaction was committed
  std::uint64_t transactions = 0;  // fewer than writes where writes waited together
  std::uint64_t repeats = 0;       // transactions that were tried again after a conflict or a loss
  std::size_t waiting = 0;         // writes in the queue now
  std::size_t running = 0;         // writes in the transaction under way
  bool failing = false;            // the last transaction failed, for no fault of its writes
};

// All that an installation keeps, in one place. Thread-safe. Its parts live as long as it does.
class Database {
 public:
  virtual ~Database() = default;

  [[nodiscard]] virtual Store& store() = 0;
  [[nodiscard]] virtual Directory& directory() = 0;
  [[nodiscard]] virtual DefinitionStore& definitions() = 0;
  [[nodiscard]] virtual Leases& leases() = 0;
  [[nodiscard]] virtual Transfer& transfer() = 0;
  [[nodiscard]] virtual WriteCounts counts() const = 0;
};

}  // namespace mingjian
