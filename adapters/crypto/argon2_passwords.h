#pragma once

#include <semaphore>

#include "engine/ports/passwords.h"

namespace mingjian {

// argon2id (RFC 9106) with 19 MiB, two passes, one lane (the least that OWASP recommends). At most
// `kTogether` run at once, so that a storm of sign-ins does not take the memory of the others; the
// rest wait. Thread-safe.
class Argon2Passwords : public Passwords {
 public:
  Result<std::string> hash(std::string_view password) override;
  // False also where `encoded` is no argon2id hash, or one of a cost that this class never asks
  // for.
  bool matches(std::string_view password, std::string_view encoded) override;

 private:
  static constexpr int kTogether = 4;
  using Turns = std::counting_semaphore<kTogether>;

  class Turn {
   public:
    explicit Turn(Turns& turns) : turns_(turns) { turns_.acquire(); }
    ~Turn() { turns_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
  };

  Turns turns_{kTogether};
};

}  // namespace mingjian
