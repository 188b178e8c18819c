#pragma once

#include <string>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"

namespace mingjian {

// What a token has to say to be taken (RFC 7519 section 4.1, OpenID Connect Core section 3.1.3.7).
struct ExpectedClaims {
  std::string issuer;          // `iss`, letter for letter
  std::string audience;        // in `aud`: the token was made for us
  std::string person = "sub";  // the claim that has the person's id here
};

// Whose token it is, by its payload, whose signature was verified. `exp` must be there; clocks may
// differ by a minute. Errors: kUnauthenticated, saying which claim is not as it should be.
[[nodiscard]] Result<PersonId> holder_of(std::string_view payload, const ExpectedClaims& expected,
                                         Instant now);

}  // namespace mingjian
