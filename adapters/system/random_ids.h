#pragma once

#include <cstdint>
#include <mutex>

#include "engine/ports/id_source.h"

namespace mingjian {

// Names from the system's random source. Within a process UUIDs are given in rising order, also
// within one millisecond (RFC 9562, section 6.2, method 1: a counter in rand_a).
class RandomIds : public IdSource {
 public:
  std::string uuid(Instant at) override;
  std::string token() override;

 private:
  std::mutex mutex_;
  std::uint64_t last_ = 0;  // milliseconds and counter, 48 + 12 bits
};

}  // namespace mingjian
