#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

#include "adapters/crypto/json_web_keys.h"
#include "adapters/oidc/claims.h"
#include "engine/ports/token_authority.h"

namespace mingjian {

struct OidcOptions {
  ExpectedClaims claims;
  std::string keys_address;  // of the JSON Web Key Set (`jwks_uri` of the provider)
  std::string authority;     // see download()
};

// A provider of OpenID Connect. Its keys are kept and fetched again when they grow old or a token
// names one that is not known, so that it may change them at any time; tokens with invented names
// do not make us ask more often than now and then. While it cannot be reached the keys that are
// known go on for a day.
class OidcAuthority : public TokenAuthority {
 public:
  explicit OidcAuthority(OidcOptions options) : options_(std::move(options)) {}

  [[nodiscard]] Result<PersonId> holder(std::string_view token, Instant now) override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Keys {
    JsonWebKeys set;
    Clock::time_point fetched;
    std::chrono::seconds fresh_for;
  };

  [[nodiscard]] std::shared_ptr<const Keys> known();
  [[nodiscard]] Result<std::shared_ptr<const Keys>> fetch(const std::shared_ptr<const Keys>& seen);

  const OidcOptions options_;
  std::mutex mutex_;  // of keys_; never held while waiting for the provider
  std::shared_ptr<const Keys> keys_;
  std::mutex fetching_;  // of what follows
  Clock::time_point next_fetch_;
  Text last_failure_;
};

}  // namespace mingjian
