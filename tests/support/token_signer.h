#pragma once

#include <memory>
#include <string>

#include <nlohmann/json.hpp>

struct evp_pkey_st;

namespace mingjian::testing {

// A provider's key: makes tokens (RFC 7515) and shows its public half (RFC 7517).
class TokenSigner {
 public:
  enum class Kind { kRsa, kEllipticCurve };
  TokenSigner(Kind kind, std::string id);

  [[nodiscard]] nlohmann::json public_key() const;
  [[nodiscard]] std::string sign(const nlohmann::json& claims) const;
  // With a header of the caller's, whatever it claims.
  [[nodiscard]] std::string sign(const nlohmann::json& header, const nlohmann::json& claims) const;

 private:
  [[nodiscard]] std::string number(const char* name) const;

  const Kind kind_;
  const std::string id_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace mingjian::testing
