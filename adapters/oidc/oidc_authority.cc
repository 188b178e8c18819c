#include "adapters/oidc/oidc_authority.h"

#include <algorithm>
#include <utility>

#include "adapters/crypto/json_web_signature.h"
#include "adapters/oidc/download.h"

namespace mingjian {
namespace {

constexpr std::chrono::seconds kUsuallyFresh{600};
constexpr std::chrono::seconds kLeastFresh{60};
constexpr std::chrono::hours kLongestFresh{24};
constexpr std::chrono::hours kLongestWithoutProvider{24};
constexpr std::chrono::seconds kBetweenFetches{10};

std::chrono::seconds freshness(std::chrono::seconds said) {
  if (said.count() == 0) return kUsuallyFresh;
  return std::clamp<std::chrono::seconds>(said, kLeastFresh, kLongestFresh);
}

tl::unexpected<Error> unreachable(const Text& why) {
  return fail(ErrorKind::kUnavailable, {"无法取得统一认证的密钥：" + why.zh,
                                        "cannot get the keys of the sign-in provider: " + why.en});
}

}  // namespace

Result<PersonId> OidcAuthority::holder(std::string_view token, Instant now) {
  std::shared_ptr<const Keys> keys = known();
  const bool old = !keys || Clock::now() - keys->fetched > keys->fresh_for;
  Result<std::string> payload = fail(ErrorKind::kUnauthenticated, {});
  if (keys && !old) payload = verified_payload(token, keys->set);
  if (!payload) {
    // The keys are old, or do not know the token's: perhaps the provider has new ones.
    auto fetched = fetch(keys);
    if (!fetched) return tl::unexpected<Error>(fetched.error());
    payload = verified_payload(token, (*fetched)->set);
  }
  if (!payload) return tl::unexpected<Error>(payload.error());
  return holder_of(*payload, options_.claims, now);
}

std::shared_ptr<const OidcAuthority::Keys> OidcAuthority::known() {
  const std::lock_guard lock(mutex_);
  return keys_;
}

// Newer keys than `seen`, or, where it is too early to ask again, somebody else is asking or there
// is no answer, those that are known.
Result<std::shared_ptr<const OidcAuthority::Keys>> OidcAuthority::fetch(
    const std::shared_ptr<const Keys>& seen) {
  std::unique_lock asking(fetching_, std::defer_lock);
  if (seen && !asking.try_lock()) return seen;
  if (!seen) asking.lock();
  std::shared_ptr<const Keys> present = known();
  if (present && present != seen) return present;
  if (Clock::now() < next_fetch_) {
    if (present) return present;
    return unreachable(last_failure_);
  }
  next_fetch_ = Clock::now() + kBetweenFetches;
  auto content = download(options_.keys_address, options_.authority);
  Result<JsonWebKeys> set = content ? JsonWebKeys::parse(content->content)
                                    : Result<JsonWebKeys>(tl::unexpected<Error>(content.error()));
  if (set) {
    const auto fresh = std::make_shared<const Keys>(
        Keys{std::move(*set), Clock::now(), freshness(content->fresh_for)});
    const std::lock_guard lock(mutex_);
    keys_ = fresh;
    return fresh;
  }
  if (present && Clock::now() - present->fetched < kLongestWithoutProvider) return present;
  last_failure_ = set.error().message;
  return unreachable(last_failure_);
}

}  // namespace mingjian
