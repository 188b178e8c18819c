#pragma once

#include <string>

#include "engine/base/instant.h"

namespace mingjian {

// Where names that nobody can guess come from. Thread-safe.
class IdSource {
 public:
  virtual ~IdSource() = default;
  // UUID version 7 (RFC 9562) of the instant: in order of time, at least 62 bits random. Never
  // smaller than one given before, also where the clock went back.
  [[nodiscard]] virtual std::string uuid(Instant at) = 0;
  // 32 random bytes in base64url without padding (RFC 4648): a bearer token.
  [[nodiscard]] virtual std::string token() = 0;
};

}  // namespace mingjian
