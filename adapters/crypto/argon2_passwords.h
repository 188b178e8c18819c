#pragma once

#include "engine/ports/passwords.h"

namespace mingjian {

// argon2id (RFC 9106) with 19 MiB, two passes, one lane. Stateless.
class Argon2Passwords : public Passwords {
 public:
  Result<std::string> hash(std::string_view password) override;
  bool matches(std::string_view password, std::string_view encoded) override;
};

}  // namespace mingjian
