#include "tests/support/token_signer.h"

#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "engine/base/base64url.h"

namespace mingjian::testing {
namespace {

constexpr int kCoordinate = 32;

std::string octets_of(const BIGNUM* number, int size) {
  std::string octets(static_cast<std::size_t>(size), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(octets.data()), size);
  return octets;
}

// As JOSE writes a signature on P-256: r and s side by side.
std::string side_by_side(const std::string& der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
      d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())), &ECDSA_SIG_free);
  return octets_of(ECDSA_SIG_get0_r(pair.get()), kCoordinate) +
         octets_of(ECDSA_SIG_get0_s(pair.get()), kCoordinate);
}

}  // namespace

TokenSigner::TokenSigner(Kind kind, std::string id)
    : kind_(kind),
      id_(std::move(id)),
      key_(kind == Kind::kRsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"), &EVP_PKEY_free) {
  if (!key_) throw std::runtime_error("no key");
}

std::string TokenSigner::number(const char* name) const {
  BIGNUM* raw = nullptr;
  EVP_PKEY_get_bn_param(key_.get(), name, &raw);
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(raw, &BN_free);
  const int size = kind_ == Kind::kRsa ? BN_num_bytes(raw) : kCoordinate;
  return to_base64url(octets_of(raw, size));
}

nlohmann::json TokenSigner::public_key() const {
  nlohmann::json key = {{"kid", id_}, {"use", "sig"}};
  if (kind_ == Kind::kRsa) {
    key["kty"] = "RSA";
    key["n"] = number(OSSL_PKEY_PARAM_RSA_N);
    key["e"] = number(OSSL_PKEY_PARAM_RSA_E);
  } else {
    key["kty"] = "EC";
    key["crv"] = "P-256";
    key["x"] = number(OSSL_PKEY_PARAM_EC_PUB_X);
    key["y"] = number(OSSL_PKEY_PARAM_EC_PUB_Y);
  }
  return key;
}

std::string TokenSigner::sign(const nlohmann::json& claims) const {
  return sign({{"alg", kind_ == Kind::kRsa ? "RS256" : "ES256"}, {"kid", id_}}, claims);
}

std::string TokenSigner::sign(const nlohmann::json& header, const nlohmann::json& claims) const {
  const std::string text = to_base64url(header.dump()) + "." + to_base64url(claims.dump());
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        &EVP_MD_CTX_free);
  const auto* octets = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
  EVP_DigestSign(context.get(), nullptr, &size, octets, text.size());
  std::string signature(size, '\0');
  EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, octets,
                 text.size());
  signature.resize(size);
  if (kind_ == Kind::kEllipticCurve) signature = side_by_side(signature);
  return text + "." + to_base64url(signature);
}

}  // namespace mingjian::testing
