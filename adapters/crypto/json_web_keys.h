#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

struct evp_pkey_st;

namespace mingjian {

enum class SignatureAlgorithm { kRs256, kEs256 };  // RFC 7518 section 3.1

// A public key that verifies signatures.
struct JsonWebKey {
  std::string id;  // `kid`; empty: none
  SignatureAlgorithm algorithm;
  std::shared_ptr<evp_pkey_st> key;
};

// The public keys of a signer (JSON Web Key Set, RFC 7517).
class JsonWebKeys {
 public:
  // Leaves out keys that are for something else, for other algorithms, or too weak: RSA below 2048
  // bits, with an exponent below 3, or made by the flawed generator of CVE-2017-15361. Errors:
  // kInvalidInput where it is no key set, and for the whole set where it holds a secret or two keys
  // of one name, as then nothing in it can be trusted to mean what it says.
  [[nodiscard]] static Result<JsonWebKeys> parse(std::string_view text);

  // The key by that name, or, where `id` is empty, the only one for the algorithm; else null.
  [[nodiscard]] const JsonWebKey* find(std::string_view id, SignatureAlgorithm algorithm) const;
  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  std::vector<JsonWebKey> keys_;
};

}  // namespace mingjian
