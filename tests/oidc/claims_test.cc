#include "adapters/oidc/claims.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "engine/base/json.h"

namespace mingjian::testing {
namespace {

using ::testing::HasSubstr;

constexpr std::int64_t kSecond = 1'000'000;
constexpr Instant kNow{1'750'000'000 * kSecond};
const ExpectedClaims kExpected = {"https://id.example", "mingjian", "sub"};

Json good() {
  return {{"iss", "https://id.example"},
          {"aud", "mingjian"},
          {"exp", 1'750'000'300},
          {"sub", "lin-wei"}};
}

TEST(Claims, NameThePerson) {
  const auto holder = holder_of(good().dump(), kExpected, kNow);
  ASSERT_TRUE(holder) << holder.error().message.en;
  EXPECT_EQ(*holder, PersonId("lin-wei"));
}

TEST(Claims, MayBeForSeveralAndNameThePersonElsewhere) {
  Json claims = good();
  claims["aud"] = {"another", "mingjian"};
  claims["preferred_username"] = "zhao-min";
  const auto holder =
      holder_of(claims.dump(), {"https://id.example", "mingjian", "preferred_username"}, kNow);
  ASSERT_TRUE(holder);
  EXPECT_EQ(*holder, PersonId("zhao-min"));
}

TEST(Claims, AllowAMinuteBetweenTheClocks) {
  Json claims = good();
  claims["exp"] = 1'750'000'000 - 59;
  claims["nbf"] = 1'750'000'000 + 59;
  EXPECT_TRUE(holder_of(claims.dump(), kExpected, kNow));
}

struct Wrong {
  std::string name;
  Json patch;
  std::string claim;  // that the refusal names
};

class WrongClaims : public ::testing::TestWithParam<Wrong> {};

TEST_P(WrongClaims, AreRefusedByName) {
  Json claims = good();
  claims.merge_patch(GetParam().patch);
  const auto holder = holder_of(claims.dump(), kExpected, kNow);
  ASSERT_FALSE(holder);
  EXPECT_EQ(holder.error().kind, ErrorKind::kUnauthenticated);
  EXPECT_THAT(holder.error().message.en, HasSubstr(GetParam().claim));
}

INSTANTIATE_TEST_SUITE_P(
    Each, WrongClaims,
    ::testing::Values(Wrong{"NoIssuer", {{"iss", nullptr}}, "iss"},
                      Wrong{"OtherIssuer", {{"iss", "https://id.example/"}}, "iss"},
                      Wrong{"IssuerInAList", {{"iss", {"https://id.example"}}}, "iss"},
                      Wrong{"NoAudience", {{"aud", nullptr}}, "aud"},
                      Wrong{"OtherAudience", {{"aud", "another"}}, "aud"},
                      Wrong{"OthersAlone", {{"aud", {"a", "b"}}}, "aud"},
                      Wrong{"NoEnd", {{"exp", nullptr}}, "exp"},
                      Wrong{"EndIsText", {{"exp", "1750000300"}}, "exp"},
                      Wrong{"Ended", {{"exp", 1'750'000'000 - 60}}, "exp"},
                      Wrong{"NotYet", {{"nbf", 1'750'000'000 + 61}}, "nbf"},
                      Wrong{"BeginIsText", {{"nbf", "now"}}, "nbf"},
                      Wrong{"Nobody", {{"sub", nullptr}}, "sub"},
                      Wrong{"EmptyName", {{"sub", ""}}, "sub"},
                      Wrong{"NameIsNumber", {{"sub", 7}}, "sub"}),
    [](const auto& wrong) { return wrong.param.name; });

TEST(Claims, AreAnObject) {
  for (const char* const payload : {"", "foo", "[]", "\"lin-wei\"", "{\"sub\":1,\"sub\":2}"})
    EXPECT_FALSE(holder_of(payload, kExpected, kNow)) << payload;
}

}  // namespace
}  // namespace mingjian::testing
