#include "adapters/oidc/claims.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "engine/base/json.h"

namespace mingjian {
namespace {

constexpr double kClocksDiffer = 60;  // seconds
constexpr double kMicroseconds = 1'000'000;

tl::unexpected<Error> refuse(const char* claim, const char* zh, const char* en) {
  return fail(ErrorKind::kUnauthenticated, {std::string("令牌的 ") + claim + " " + zh,
                                            std::string(claim) + " of the token " + en});
}

// Seconds since 1970, whole or not (NumericDate).
std::optional<double> seconds_of(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

bool is_for(const Json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  if (found->is_array()) return std::find(found->begin(), found->end(), audience) != found->end();
  return *found == audience;
}

}  // namespace

Result<PersonId> holder_of(std::string_view payload, const ExpectedClaims& expected, Instant now) {
  const auto claims = parse_json(payload);
  if (!claims || !claims->is_object())
    return refuse("claims", "不是 JSON 对象", "is no JSON object");
  if (claims->value("iss", Json()) != expected.issuer)
    return refuse("iss", "不是约定的签发者", "is not the issuer agreed on");
  if (!is_for(*claims, expected.audience))
    return refuse("aud", "不包括本系统", "does not name this service");
  const double seconds = static_cast<double>(now.microseconds) / kMicroseconds;
  const auto end = seconds_of(*claims, "exp");
  if (!end || seconds >= *end + kClocksDiffer)
    return refuse("exp", "缺失或者已过", "is missing or has passed");
  if (claims->contains("nbf")) {
    const auto begin = seconds_of(*claims, "nbf");
    if (!begin || seconds < *begin - kClocksDiffer)
      return refuse("nbf", "尚未到", "has not come yet");
  }
  const auto person = claims->find(expected.person);
  if (person == claims->end() || !person->is_string() || person->get<std::string>().empty())
    return refuse(expected.person.c_str(), "没有写明本人", "does not name a person");
  return PersonId(person->get<std::string>());
}

}  // namespace mingjian
