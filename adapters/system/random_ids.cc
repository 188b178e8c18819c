#include "adapters/system/random_ids.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include <openssl/rand.h>

namespace mingjian {
namespace {

template <std::size_t Size>
std::array<unsigned char, Size> random_bytes() {
  std::array<unsigned char, Size> bytes{};
  // A process without randomness cannot give names that nobody guesses: better none at all.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  return bytes;
}

// The instant as 48 bits of milliseconds and 12 bits of what is left, in steps of 1/4096 ms.
// Instants before 1970 count as 1970, those beyond the year 10889 as the last that fits.
std::uint64_t stamp_of(Instant at) {
  constexpr std::uint64_t kMostMilliseconds = (std::uint64_t{1} << 48) - 1;
  const auto microseconds = static_cast<std::uint64_t>(std::max<std::int64_t>(at.microseconds, 0));
  const std::uint64_t milliseconds = std::min(microseconds / 1000, kMostMilliseconds);
  return milliseconds << 12 | microseconds % 1000 * 4096 / 1000;
}

}  // namespace

std::string RandomIds::uuid(Instant at) {
  auto bytes = random_bytes<16>();
  std::uint64_t stamp = 0;
  {
    const std::lock_guard lock(mutex_);
    stamp = std::max(stamp_of(at), last_ + 1);
    last_ = stamp;
  }
  for (int i = 0; i < 6; ++i) {
    bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(stamp >> (52 - 8 * i));
  }
  bytes[6] = static_cast<unsigned char>(0x70U | ((stamp >> 8) & 0x0FU));
  bytes[7] = static_cast<unsigned char>(stamp & 0xFFU);
  bytes[8] = static_cast<unsigned char>(0x80U | (bytes[8] & 0x3FU));
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

std::string RandomIds::token() {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const auto bytes = random_bytes<32>();
  std::string text;
  unsigned bits = 0;
  unsigned held = 0;
  for (const unsigned char byte : bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += kAlphabet[(held >> (bits - 6)) & 63U];
  }
  if (bits > 0) text += kAlphabet[(held << (6 - bits)) & 63U];
  return text;
}

}  // namespace mingjian
