#pragma once

#include <string>
#include <string_view>

#include "engine/base/text.h"

namespace mingjian {

enum class Language { kChinese, kEnglish };

// The tag of the language (RFC 5646): "zh" or "en".
[[nodiscard]] inline std::string_view language_tag(Language language) {
  return language == Language::kEnglish ? "en" : "zh";
}

// The sentence in that language.
[[nodiscard]] inline const std::string& in_language(const Text& text, Language language) {
  return language == Language::kEnglish ? text.en : text.zh;
}

}  // namespace mingjian
