#include "adapters/oidc/oidc_authority.h"

#include <gtest/gtest.h>

#include "tests/support/key_server.h"
#include "tests/support/token_signer.h"

namespace mingjian::testing {
namespace {

using Json = nlohmann::json;

constexpr Instant kNow{1'750'000'000'000'000};

Json claims(const std::string& person = "lin-wei") {
  return {
      {"iss", "https://id.example"}, {"aud", "mingjian"}, {"exp", 1'750'000'300}, {"sub", person}};
}

class Oidc : public ::testing::Test {
 protected:
  [[nodiscard]] ErrorKind refusal(const std::string& token) {
    const auto holder = authority_.holder(token, kNow);
    EXPECT_FALSE(holder);
    return holder ? ErrorKind::kCorrupt : holder.error().kind;
  }

  const TokenSigner rsa_{TokenSigner::Kind::kRsa, "rsa-1"};
  const TokenSigner curve_{TokenSigner::Kind::kEllipticCurve, "curve-1"};
  KeyServer provider_;
  OidcAuthority authority_{{{"https://id.example", "mingjian", "sub"}, provider_.address(), ""}};
};

TEST_F(Oidc, TakesTokensOfEitherKind) {
  provider_.publish({&rsa_, &curve_});
  for (const TokenSigner* const signer : {&rsa_, &curve_}) {
    const auto holder = authority_.holder(signer->sign(claims()), kNow);
    ASSERT_TRUE(holder) << holder.error().message.en;
    EXPECT_EQ(*holder, PersonId("lin-wei"));
  }
  EXPECT_EQ(provider_.asked(), 1);
}

TEST_F(Oidc, FindsTheKeyByItsNameAndByNothingElse) {
  const TokenSigner second(TokenSigner::Kind::kRsa, "rsa-2");
  provider_.publish({&rsa_, &second});
  EXPECT_TRUE(authority_.holder(rsa_.sign(claims()), kNow));
  EXPECT_TRUE(authority_.holder(second.sign(claims()), kNow));
  EXPECT_EQ(refusal(second.sign({{"alg", "RS256"}, {"kid", "rsa-1"}}, claims())),
            ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(second.sign({{"alg", "RS256"}, {"kid", "rsa-3"}}, claims())),
            ErrorKind::kUnauthenticated);
  // Without a name it has to be the only one.
  EXPECT_EQ(refusal(second.sign({{"alg", "RS256"}}, claims())), ErrorKind::kUnauthenticated);
}

TEST_F(Oidc, RefusesEveryTokenWithOneBitChanged) {
  provider_.publish({&curve_});
  const std::string token = curve_.sign(claims());
  ASSERT_TRUE(authority_.holder(token, kNow));
  for (std::size_t at = 0; at < token.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = token;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_EQ(refusal(changed), ErrorKind::kUnauthenticated) << changed;
    }
  }
}

TEST_F(Oidc, RefusesWhatChoosesItsOwnRules) {
  provider_.publish({&rsa_, &curve_});
  const TokenSigner stranger(TokenSigner::Kind::kRsa, "rsa-1");
  EXPECT_EQ(refusal(stranger.sign(claims())), ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(stranger.sign({{"alg", "RS256"}, {"jwk", stranger.public_key()}}, claims())),
            ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(rsa_.sign({{"alg", "none"}, {"kid", "rsa-1"}}, claims())),
            ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(rsa_.sign({{"alg", "HS256"}, {"kid", "rsa-1"}}, claims())),
            ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(rsa_.sign({{"alg", "ES256"}, {"kid", "rsa-1"}}, claims())),
            ErrorKind::kUnauthenticated);
  EXPECT_EQ(refusal(rsa_.sign({{"alg", "RS256"}, {"kid", "rsa-1"}, {"crit", {"x"}}}, claims())),
            ErrorKind::kUnauthenticated);
}

TEST_F(Oidc, LearnsANewKeyAndForgetsAnOldOne) {
  provider_.publish({&rsa_});
  ASSERT_TRUE(authority_.holder(rsa_.sign(claims()), kNow));
  provider_.publish({&curve_});
  // Soon after the first time it does not ask again, whatever comes.
  EXPECT_EQ(refusal(curve_.sign(claims())), ErrorKind::kUnauthenticated);
  EXPECT_EQ(provider_.asked(), 1);
  // A new one asks at once.
  OidcAuthority later{{{"https://id.example", "mingjian", "sub"}, provider_.address(), ""}};
  EXPECT_TRUE(later.holder(curve_.sign(claims()), kNow));
  EXPECT_FALSE(later.holder(rsa_.sign(claims()), kNow));
}

TEST_F(Oidc, SaysThatTheProviderCannotBeReached) {
  provider_.answer(500, "out of order");
  EXPECT_EQ(refusal(rsa_.sign(claims())), ErrorKind::kUnavailable);
  EXPECT_EQ(refusal(rsa_.sign(claims())), ErrorKind::kUnavailable);
  EXPECT_EQ(provider_.asked(), 1);
  OidcAuthority elsewhere{{{"https://id.example", "mingjian", "sub"}, "http://10.0.0.1/keys", ""}};
  EXPECT_FALSE(elsewhere.holder(rsa_.sign(claims()), kNow));
}

TEST_F(Oidc, TakesNoSetOfKeysThatHoldsASecretOrTwoOfOneName) {
  const TokenSigner twin(TokenSigner::Kind::kEllipticCurve, "rsa-1");
  provider_.publish({&rsa_, &twin});
  EXPECT_EQ(refusal(rsa_.sign(claims())), ErrorKind::kUnavailable);
}

}  // namespace
}  // namespace mingjian::testing
