#include "adapters/crypto/argon2_passwords.h"

#include <array>

#include <argon2.h>
#include <openssl/rand.h>

namespace mingjian {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kKibibytes = 19 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kHashBytes = 32;

}  // namespace

Result<std::string> Argon2Passwords::hash(std::string_view password) {
  std::array<unsigned char, 16> salt{};
  std::array<char, 128> encoded{};
  const bool salted = RAND_bytes(salt.data(), static_cast<int>(salt.size())) == 1;
  const int code = salted ? argon2id_hash_encoded(kPasses, kKibibytes, kLanes, password.data(),
                                                  password.size(), salt.data(), salt.size(),
                                                  kHashBytes, encoded.data(), encoded.size())
                          : ARGON2_MISSING_ARGS;
  if (code != ARGON2_OK) {
    return fail(ErrorKind::kUnavailable,
                {"无法计算口令散列",
                 std::string("cannot hash the password: ") + argon2_error_message(code)});
  }
  return std::string(encoded.data());
}

bool Argon2Passwords::matches(std::string_view password, std::string_view encoded) {
  const std::string terminated(encoded);
  return argon2id_verify(terminated.c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace mingjian
