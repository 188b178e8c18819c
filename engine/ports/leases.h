#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace mingjian {

// The right to do something alone, for a while.
struct Lease {
  std::string name;         // of what is to be done, e.g. "housekeeping"
  std::string holder;       // one run of one process, e.g. a UUID
  std::uint64_t fence = 0;  // greater with each change of holder: work that carries it can be told
                            // from that of an earlier holder who has not noticed yet

  bool operator==(const Lease&) const = default;
};

// Who of several processes does what only one should do. A lease is a committed row that changes by
// comparing and setting, and lapses by the clock of the database: no lock, and no clock of a
// process, has a say. A holder counts his time from before he asked, and stops before it is over.
// Names and holders have at most 255 octets. One contract test-suite (tests/contract/) holds for
// every adapter. Thread-safe. Errors as Store.
class Leases {
 public:
  virtual ~Leases() = default;

  // Takes the lease, or renews it for him who has it: it lapses `duration` from now. Nothing where
  // another has it. To ask again where no answer came does no harm.
  [[nodiscard]] virtual Result<std::optional<Lease>> take(const std::string& name,
                                                          const std::string& holder,
                                                          std::chrono::milliseconds duration) = 0;
  // Lets it lapse at once where `holder` has it, so that the next need not wait.
  [[nodiscard]] virtual Result<void> release(const std::string& name,
                                             const std::string& holder) = 0;
};

}  // namespace mingjian
