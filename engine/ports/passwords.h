#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace mingjian {

// Slow on purpose (about 0.1 s each): bound how many run at once. Thread-safe.
class Passwords {
 public:
  virtual ~Passwords() = default;
  // The encoded argon2id hash (RFC 9106) with its salt and cost.
  [[nodiscard]] virtual Result<std::string> hash(std::string_view password) = 0;
  [[nodiscard]] virtual bool matches(std::string_view password, std::string_view encoded) = 0;
};

}  // namespace mingjian
