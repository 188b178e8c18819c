#include "adapters/crypto/argon2_passwords.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

#include <argon2.h>
#include <openssl/rand.h>

namespace mingjian {
namespace {

constexpr std::uint32_t kPasses = 2;
constexpr std::uint32_t kKibibytes = 19 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kHashBytes = 32;

// Hashes made elsewhere may cost more than ours, within reason: what is stored must not be able to
// ask for all the memory of the machine.
constexpr std::uint32_t kMostKibibytes = 256 * 1024;
constexpr std::uint32_t kMostPasses = 64;
constexpr std::size_t kMostEncodedBytes = 512;

// The number after `name`, e.g. 19456 for "m=" in "$argon2id$v=19$m=19456,t=2,p=1$...".
std::optional<std::uint32_t> cost(std::string_view encoded, std::string_view name) {
  const auto at = encoded.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  const char* const start = encoded.data() + at + name.size();
  std::uint32_t value = 0;
  const auto read = std::from_chars(start, encoded.data() + encoded.size(), value);
  if (read.ec != std::errc()) return std::nullopt;
  return value;
}

bool is_affordable(std::string_view encoded) {
  if (encoded.size() > kMostEncodedBytes || encoded.find('\0') != std::string_view::npos) {
    return false;
  }
  const auto memory = cost(encoded, "$m=");
  const auto passes = cost(encoded, ",t=");
  return memory && *memory <= kMostKibibytes && passes && *passes <= kMostPasses;
}

}  // namespace

Result<std::string> Argon2Passwords::hash(std::string_view password) {
  std::array<unsigned char, 16> salt{};
  if (RAND_bytes(salt.data(), static_cast<int>(salt.size())) != 1) {
    return fail(ErrorKind::kUnavailable,
                {"系统没有可用的随机数", "the system gives no random numbers"});
  }
  std::array<char, 128> encoded{};
  const Turn turn(turns_);
  const int code =
      argon2id_hash_encoded(kPasses, kKibibytes, kLanes, password.data(), password.size(),
                            salt.data(), salt.size(), kHashBytes, encoded.data(), encoded.size());
  if (code != ARGON2_OK) {
    return fail(ErrorKind::kUnavailable,
                {std::string("无法计算口令散列：") + argon2_error_message(code),
                 std::string("cannot hash the password: ") + argon2_error_message(code)});
  }
  return std::string(encoded.data());
}

bool Argon2Passwords::matches(std::string_view password, std::string_view encoded) {
  if (!is_affordable(encoded)) return false;
  const std::string terminated(encoded);
  const Turn turn(turns_);
  return argon2id_verify(terminated.c_str(), password.data(), password.size()) == ARGON2_OK;
}

}  // namespace mingjian
