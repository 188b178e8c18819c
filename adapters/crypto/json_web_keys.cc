#include "adapters/crypto/json_web_keys.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include "engine/base/base64url.h"
#include "engine/base/json.h"

namespace mingjian {
namespace {

using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;
using Key = std::shared_ptr<EVP_PKEY>;

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 16384;  // more is an attack on our time
constexpr std::size_t kCoordinate = 32;

std::string text_of(const Json& key, const char* name) {
  const auto found = key.find(name);
  return found != key.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::string> octets_of(const Json& key, const char* name) {
  return from_base64url(text_of(key, name));
}

Number number_of(const std::string& octets) {
  return {BN_bin2bn(reinterpret_cast<const unsigned char*>(octets.data()),
                    static_cast<int>(octets.size()), nullptr),
          &BN_free};
}

// Nothing where OpenSSL refuses the numbers, such as a point beside the curve.
Key make_key(const char* type, OSSL_PARAM_BLD* builder) {
  const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(
      OSSL_PARAM_BLD_to_param(builder), &OSSL_PARAM_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr), &EVP_PKEY_CTX_free);
  EVP_PKEY* raw = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  Key key(raw, &EVP_PKEY_free);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> check(
      EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr), &EVP_PKEY_CTX_free);
  if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;
  return key;
}

// Whether the modulus has the mark of the generator of CVE-2017-15361: modulo each of these primes
// it is a power of 65537 (Nemec et al., "The Return of Coppersmith's Attack", 2017).
bool has_mark_of_flawed_generator(const BIGNUM* modulus) {
  constexpr std::array<BN_ULONG, 17> kPrimes = {11, 13, 17,  19,  37,  53,  61,  71, 73,
                                                79, 97, 103, 107, 109, 127, 151, 157};
  return std::all_of(kPrimes.begin(), kPrimes.end(), [&](BN_ULONG prime) {
    const BN_ULONG rest = BN_mod_word(modulus, prime);
    BN_ULONG power = 1;
    do {
      if (power == rest) return true;
      power = power * 65537 % prime;
    } while (power != 1);
    return false;
  });
}

Key rsa_key(const Json& json) {
  const auto n = octets_of(json, "n");
  const auto e = octets_of(json, "e");
  if (!n || !e) return nullptr;
  const Number modulus = number_of(*n);
  const Number exponent = number_of(*e);
  const int bits = BN_num_bits(modulus.get());
  if (bits < kLeastRsaBits || bits > kMostRsaBits) return nullptr;
  if (!BN_is_odd(exponent.get()) || BN_is_one(exponent.get())) return nullptr;
  if (BN_num_bits(exponent.get()) > 64 || has_mark_of_flawed_generator(modulus.get()))
    return nullptr;
  const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(
      OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return make_key("RSA", builder.get());
}

Key elliptic_key(const Json& json) {
  const auto x = octets_of(json, "x");
  const auto y = octets_of(json, "y");
  const bool fits = text_of(json, "crv") == "P-256" && x && y && x->size() == kCoordinate &&
                    y->size() == kCoordinate;
  if (!fits) return nullptr;
  const std::string point = "\x04" + *x + *y;
  const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(
      OSSL_PARAM_BLD_new(), &OSSL_PARAM_BLD_free);
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  return make_key("EC", builder.get());
}

// RFC 7517 sections 4.2 and 4.3: a key that says nothing of its use may be used.
bool is_for_verifying(const Json& json) {
  if (json.contains("use") && text_of(json, "use") != "sig") return false;
  const auto operations = json.find("key_ops");
  return operations == json.end() ||
         std::find(operations->begin(), operations->end(), "verify") != operations->end();
}

std::optional<JsonWebKey> usable_key(const Json& json) {
  if (!is_for_verifying(json)) return std::nullopt;
  const std::string type = text_of(json, "kty");
  const bool rsa = type == "RSA";
  if (!rsa && type != "EC") return std::nullopt;
  if (json.contains("alg") && text_of(json, "alg") != (rsa ? "RS256" : "ES256"))
    return std::nullopt;
  Key key = rsa ? rsa_key(json) : elliptic_key(json);
  if (!key) return std::nullopt;
  return JsonWebKey{text_of(json, "kid"),
                    rsa ? SignatureAlgorithm::kRs256 : SignatureAlgorithm::kEs256, std::move(key)};
}

bool holds_secret(const Json& json) { return json.contains("k") || json.contains("d"); }

tl::unexpected<Error> refuse(const std::string& pointer, const char* zh, const char* en) {
  return fail(ErrorKind::kInvalidInput, {zh, en}, pointer);
}

}  // namespace

Result<JsonWebKeys> JsonWebKeys::parse(std::string_view text) {
  const auto json = parse_json(text);
  if (!json) return tl::unexpected<Error>(json.error());
  if (!json->is_object() || !json->contains("keys") || !json->at("keys").is_array())
    return refuse("/keys", "不是密钥集（JWKS）", "this is no set of keys (JWKS)");
  JsonWebKeys keys;
  std::set<std::string> names;
  std::size_t place = 0;
  for (const Json& entry : json->at("keys")) {
    const std::string pointer = "/keys/" + std::to_string(place++);
    if (!entry.is_object()) return refuse(pointer, "不是密钥", "this is no key");
    if (holds_secret(entry))
      return refuse(pointer, "密钥集里有私密的密钥", "the set of keys holds a secret");
    const std::string name = text_of(entry, "kid");
    if (!name.empty() && !names.insert(name).second)
      return refuse(pointer, "两个密钥同名", "two keys have the same name");
    if (auto key = usable_key(entry)) keys.keys_.push_back(std::move(*key));
  }
  return keys;
}

const JsonWebKey* JsonWebKeys::find(std::string_view id, SignatureAlgorithm algorithm) const {
  const JsonWebKey* found = nullptr;
  for (const JsonWebKey& key : keys_) {
    if (key.algorithm != algorithm || (!id.empty() && key.id != id)) continue;
    if (found != nullptr) return nullptr;
    found = &key;
  }
  return found;
}

}  // namespace mingjian
