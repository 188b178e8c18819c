#pragma once

#include <string_view>

#include "engine/base/language.h"

namespace mingjian::http {

// The language that an Accept-Language header (RFC 9110, 12.5.4) prefers, by its q-values; of two
// with the same one, that which is named first. Chinese where the header is empty, names neither or
// cannot be read: parts that make no sense are passed over.
[[nodiscard]] Language choose_language(std::string_view accept_language);

}  // namespace mingjian::http
