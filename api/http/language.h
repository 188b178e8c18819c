#pragma once

#include <string>
#include <string_view>

#include "engine/base/text.h"

namespace mingjian::http {

enum class Language { kChinese, kEnglish };

// The language that an Accept-Language header (RFC 9110, 12.5.4) prefers, by its q-values; of two
// with the same one, that which is named first. Chinese where the header is empty, names neither or
// cannot be read: parts that make no sense are passed over.
[[nodiscard]] Language choose_language(std::string_view accept_language);

// The tag for Content-Language: "zh" or "en".
[[nodiscard]] std::string_view language_tag(Language language);

// The sentence in that language.
[[nodiscard]] const std::string& in_language(const Text& text, Language language);

}  // namespace mingjian::http
