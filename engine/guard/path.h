#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json.h"

namespace mingjian::guard {

// One key on the way into data: a member of an object, or an index where it stands on an array.
struct PathStep {
  std::string key;
  std::optional<std::size_t> index;  // the key as a number, if it is written as one
};

// The way to a value, from the innermost frame or from `levels_up` frames further out.
struct Path {
  std::size_t levels_up = 0;
  std::vector<PathStep> steps;
};

[[nodiscard]] PathStep path_step(std::string key);

// The path of a `var`: keys joined with dots. "" is all of the data.
[[nodiscard]] Path split_path(std::string_view dotted);

// The path of a `var` or a key of `missing`; nothing if `key` is neither text, number nor null.
[[nodiscard]] std::optional<Path> dotted_path(const Json& key);

// The path of a `val` or `exists`: one key, or a list of keys, of which the first may be [n], n
// frames further out. Nothing if `keys` is not that.
[[nodiscard]] std::optional<Path> listed_path(const Json& keys);

// The value that `step` leads to from `from`, or nullptr.
[[nodiscard]] const Json* follow(const Json& from, const PathStep& step);

}  // namespace mingjian::guard
