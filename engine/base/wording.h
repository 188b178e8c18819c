#pragma once

#include <string>
#include <vector>

#include "engine/base/text.h"

// How sentences in two languages are put together.
namespace mingjian {

// A name or number that reads the same in both.
[[nodiscard]] Text same(const std::string& text);

[[nodiscard]] Text operator+(const Text& left, const Text& right);

// “…” and "…".
[[nodiscard]] Text quoted(const Text& text);
// The same; `otherwise` where there is no text.
[[nodiscard]] Text quoted(const Text& text, const std::string& otherwise);

// "甲、乙" and "a, b".
[[nodiscard]] Text listed(const std::vector<Text>& entries);

// Both languages on one line, for logs and terminals: "中文 / English".
[[nodiscard]] std::string both(const Text& text);

}  // namespace mingjian
