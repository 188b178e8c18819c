#include "api/http/language.h"

#include <optional>

#include "api/http/octets.h"

namespace mingjian::http {
namespace {

// A q-value (RFC 9110, 12.4.2) in thousandths; nothing where it is none.
std::optional<int> thousandths(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
  if (text.size() > 1 && text[1] != '.') return std::nullopt;
  int value = (text[0] - '0') * 1000;
  int weight = 100;
  for (std::size_t at = 2; at < text.size(); ++at, weight /= 10) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value += (text[at] - '0') * weight;
  }
  if (value > 1000) return std::nullopt;
  return value;
}

struct Preference {
  std::string_view range;
  int quality = 1000;
};

std::optional<Preference> read_preference(std::string_view element) {
  const auto semicolon = element.find(';');
  Preference preference{trim_blanks(element.substr(0, semicolon))};
  if (preference.range.empty()) return std::nullopt;
  if (semicolon == std::string_view::npos) return preference;
  const auto weight = trim_blanks(element.substr(semicolon + 1));
  if (!starts_with_ignoring_case(weight, "q=")) return std::nullopt;
  const auto quality = thousandths(weight.substr(2));
  if (!quality) return std::nullopt;
  preference.quality = *quality;
  return preference;
}

// Whether the range is the language or a variety of it: "zh", "zh-CN", "zh-Hans-CN".
bool is_variety_of(std::string_view range, std::string_view tag) {
  return starts_with_ignoring_case(range, tag) &&
         (range.size() == tag.size() || range[tag.size()] == '-');
}

// How much one language is wanted, and by which element of the list that was said first.
struct Wish {
  std::optional<int> quality;
  std::size_t position = 0;

  void hear(int said, std::size_t at) {
    if (quality && *quality >= said) return;
    quality = said;
    position = at;
  }
};

}  // namespace

Language choose_language(std::string_view accept_language) {
  Wish chinese;
  Wish english;
  std::optional<int> any;
  std::size_t position = 0;
  for (const auto element : split(accept_language, ',')) {
    const auto preference = read_preference(element);
    if (!preference) continue;
    ++position;
    if (preference->range == "*") any = preference->quality;
    if (is_variety_of(preference->range, "zh")) chinese.hear(preference->quality, position);
    if (is_variety_of(preference->range, "en")) english.hear(preference->quality, position);
  }
  if (!chinese.quality && !english.quality) return Language::kChinese;
  const int zh = chinese.quality.value_or(any.value_or(0));
  const int en = english.quality.value_or(any.value_or(0));
  if (zh == 0 && en == 0) {
    // Neither is acceptable as such: the one that was not refused by name.
    return chinese.quality && !english.quality ? Language::kEnglish : Language::kChinese;
  }
  if (zh != en) return en > zh ? Language::kEnglish : Language::kChinese;
  const bool english_first =
      english.quality && chinese.quality && english.position < chinese.position;
  return english_first ? Language::kEnglish : Language::kChinese;
}

}  // namespace mingjian::http
