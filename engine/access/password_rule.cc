#include "engine/access/password_rule.h"

#include <algorithm>

namespace mingjian {
namespace {

constexpr std::ptrdiff_t kFewestCharacters = 12;
constexpr std::size_t kMostOctets = 1000;

// Of UTF-8: every octet but those that continue a character.
std::ptrdiff_t characters_of(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

std::optional<Text> password_fault(std::string_view password, const PersonId& person) {
  if (characters_of(password) < kFewestCharacters)
    return Text{"口令至少 12 个字符", "a password has at least 12 characters"};
  if (password.size() > kMostOctets)
    return Text{"口令至多 1000 字节", "a password has at most 1000 octets"};
  if (password == person.value())
    return Text{"口令不得与账号相同", "a password is not the name of the account"};
  return std::nullopt;
}

}  // namespace mingjian
