#include <gmock/gmock.h>

#include "adapters/crypto/argon2_passwords.h"

namespace mingjian {
namespace {

using ::testing::StartsWith;

TEST(Argon2Passwords, MatchTheirOwnHashAndNoOther) {
  Argon2Passwords passwords;
  const std::string encoded = passwords.hash("正确的口令 😀").value();
  EXPECT_THAT(encoded, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(passwords.matches("正确的口令 😀", encoded));
  EXPECT_FALSE(passwords.matches("正确的口令", encoded));
  EXPECT_FALSE(passwords.matches("", encoded));
}

TEST(Argon2Passwords, SaltEachHash) {
  Argon2Passwords passwords;
  EXPECT_NE(passwords.hash("same").value(), passwords.hash("same").value());
}

TEST(Argon2Passwords, TakeEveryByteIntoAccount) {
  Argon2Passwords passwords;
  const std::string with_nul("a\0b", 3);
  const std::string encoded = passwords.hash(with_nul).value();
  EXPECT_TRUE(passwords.matches(with_nul, encoded));
  EXPECT_FALSE(passwords.matches("a", encoded));
  EXPECT_TRUE(passwords.matches("", passwords.hash("").value()));
}

TEST(Argon2Passwords, MatchAHashMadeByAnotherProgram) {
  // From the tests of the reference implementation: argon2id, v=19, m=65536, t=2, p=1.
  Argon2Passwords passwords;
  EXPECT_TRUE(passwords.matches("password",
                                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
                                "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
}

TEST(Argon2Passwords, MatchNothingToGarbage) {
  Argon2Passwords passwords;
  const std::string encoded = passwords.hash("secret").value();
  for (const std::string& garbage :
       {std::string(), std::string("secret"), std::string("$argon2id$"), std::string(100'000, '$'),
        encoded.substr(0, encoded.size() - 1), encoded + "A", encoded + std::string(1, '\0'),
        std::string("$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$AAAA"),
        std::string("$argon2id$v=19$m=64,t=4294967295,p=1$c29tZXNhbHQ$AAAA"),
        std::string("$argon2id$v=19$m=99999999999,t=2,p=1$c29tZXNhbHQ$AAAA")}) {
    EXPECT_FALSE(passwords.matches("secret", garbage)) << garbage.substr(0, 80);
  }
}

}  // namespace
}  // namespace mingjian
