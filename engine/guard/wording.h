#pragma once

#include <cstddef>
#include <string_view>

#include "engine/base/json.h"
#include "engine/base/wording.h"
#include "engine/guard/environment.h"
#include "engine/guard/rule.h"

// How rules, fields and values are named to people.
namespace mingjian::guard {

// At most so many characters of `text`, with "…" where it was cut.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);

// A Chinese text followed by another, with a space where letters or figures begin the second.
[[nodiscard]] std::string followed(const std::string& first, const std::string& second);

// The title of a field, from its schema; `path` where it has none.
[[nodiscard]] Text title_of(const Type& type, const std::string& path);

// "文本", "a text": the kinds without null, in words.
[[nodiscard]] Text kinds_in_words(Kinds kinds);

// The operand of an operation for whoever writes definitions: its name, its path if that is
// another, and its kinds.
[[nodiscard]] Text operand_in_words(const Rule& rule, const Type& type);

// As above, of the field at a path.
[[nodiscard]] Text field_in_words(const std::string& path, const Type& type);

// That `path` leads nowhere, and what may have been meant.
[[nodiscard]] Text no_such_field(const Path& path, const TypeFrame& frame);

// The value among those that the schema lists that may have been meant by `value`, or "".
[[nodiscard]] std::string likely_value(const Json& value, const Type& type);

}  // namespace mingjian::guard
