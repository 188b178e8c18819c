#include "adapters/crypto/json_web_signature.h"

#include <memory>
#include <optional>

#include <nlohmann/json.hpp>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include "engine/base/base64url.h"

namespace mingjian {
namespace {

constexpr std::size_t kMostOctets = 16 << 10;
constexpr std::size_t kHalf = 32;  // r and s of a signature on P-256

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;  // header and payload with the point between
};

std::optional<Parts> parts_of(std::string_view token) {
  const auto first = token.find('.');
  const auto last = token.rfind('.');
  if (token.size() > kMostOctets || first == std::string_view::npos || first == last)
    return std::nullopt;
  const auto payload = token.substr(first + 1, last - first - 1);
  if (payload.find('.') != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, first), payload, token.substr(last + 1), token.substr(0, last)};
}

// Which key the header asks for; null where it asks for what is not offered.
const JsonWebKey* key_for(std::string_view header, const JsonWebKeys& keys) {
  const auto text = from_base64url(header);
  if (!text) return nullptr;
  const auto json = parse_json(*text);
  if (!json || !json->is_object() || json->contains("crit")) return nullptr;
  const auto algorithm = json->find("alg");
  if (algorithm == json->end() || (*algorithm != "RS256" && *algorithm != "ES256")) return nullptr;
  const auto name = json->find("kid");
  if (name != json->end() && !name->is_string()) return nullptr;
  return keys.find(name == json->end() ? std::string() : name->get<std::string>(),
                   *algorithm == "RS256" ? SignatureAlgorithm::kRs256 : SignatureAlgorithm::kEs256);
}

// r and s side by side (RFC 7518 section 3.4) in the form that OpenSSL reads.
std::optional<std::string> to_der(std::string_view signature) {
  if (signature.size() != 2 * kHalf) return std::nullopt;
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(),
                                                                   &ECDSA_SIG_free);
  BIGNUM* const r = BN_bin2bn(octets(signature), kHalf, nullptr);
  BIGNUM* const s = BN_bin2bn(octets(signature) + kHalf, kHalf, nullptr);
  ECDSA_SIG_set0(pair.get(), r, s);  // owns both now
  unsigned char* raw = nullptr;
  const int size = i2d_ECDSA_SIG(pair.get(), &raw);
  if (size <= 0) return std::nullopt;
  std::string der(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size));
  OPENSSL_free(raw);
  return der;
}

bool is_signed(const JsonWebKey& key, std::string_view text, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.key.get()) == 1 &&
         EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(text),
                          text.size()) == 1;
}

}  // namespace

Result<std::string> verified_payload(std::string_view token, const JsonWebKeys& keys) {
  const auto refused = fail(ErrorKind::kUnauthenticated,
                            {"令牌的签名不对", "the signature of the token is not right"});
  const auto parts = parts_of(token);
  if (!parts) return refused;
  const JsonWebKey* const key = key_for(parts->header, keys);
  if (key == nullptr) return refused;
  auto signature = from_base64url(parts->signature);
  if (signature && key->algorithm == SignatureAlgorithm::kEs256) signature = to_der(*signature);
  auto payload = from_base64url(parts->payload);
  if (!signature || !payload || !is_signed(*key, parts->signed_text, *signature)) return refused;
  return std::move(*payload);
}

}  // namespace mingjian
