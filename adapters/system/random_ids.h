#pragma once

#include <cstdint>
#include <mutex>

#include "engine/ports/id_source.h"

namespace mingjian {

// Names from the system's random source. Within a process UUIDs are given in rising order, also
// within one microsecond: rand_a holds the part of the millisecond (RFC 9562, section 6.2, method
// 3) and counts on where that is used. The other 62 bits are random each time. Thread-safe.
class RandomIds : public IdSource {
 public:
  std::string uuid(Instant at) override;
  std::string token() override;

 private:
  std::mutex mutex_;
  std::uint64_t last_ = 0;  // the stamp given last: 48 bits of milliseconds, 12 of their part
};

}  // namespace mingjian
