#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "adapters/crypto/json_web_keys.h"
#include "engine/base/json.h"
#include "engine/base/result.h"

namespace mingjian {

// The payload of a JSON Web Signature in compact form (RFC 7515), if one of `keys` signed it. The
// key decides the algorithm, not the token: "none", and a public key taken for a shared secret,
// have nothing to hold on to; keys that a token brings along are not looked at. A token that names
// a critical extension is refused (section 4.1.11). Errors: kUnauthenticated, without a word about
// how far it got.
[[nodiscard]] Result<std::string> verified_payload(std::string_view token, const JsonWebKeys& keys);

}  // namespace mingjian
