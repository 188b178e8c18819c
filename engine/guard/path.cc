#include "engine/guard/path.h"

#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"

namespace mingjian::guard {
namespace {

// Frames are counted inside one rule, which is never nested as deep as this.
constexpr std::int64_t kMostLevelsUp = 1'000;

std::optional<std::size_t> levels_up(const Json& key) {
  if (!key.is_array() || key.size() != 1 || !key.front().is_number_integer()) return std::nullopt;
  const auto levels = key.front().get<std::int64_t>();
  // -n and n mean the same: outwards is the only way.
  if (levels < -kMostLevelsUp || levels > kMostLevelsUp) return kMostLevelsUp;
  return static_cast<std::size_t>(std::abs(levels));
}

}  // namespace

PathStep path_step(std::string key) {
  std::optional<std::size_t> index;
  std::size_t number = 0;
  const char* const end = key.data() + key.size();
  const auto [stopped, problem] = std::from_chars(key.data(), end, number);
  const bool leading_zero = key.size() > 1 && key.front() == '0';
  if (problem == std::errc() && stopped == end && !leading_zero) index = number;
  return {std::move(key), index};
}

Path split_path(std::string_view dotted) {
  Path path;
  if (dotted.empty()) return path;
  for (;;) {
    const auto dot = dotted.find('.');
    path.steps.push_back(path_step(std::string(dotted.substr(0, dot))));
    if (dot == std::string_view::npos) return path;
    dotted.remove_prefix(dot + 1);
  }
}

std::optional<Path> dotted_path(const Json& key) {
  if (key.is_null()) return Path{};
  if (!key.is_string() && !key.is_number()) return std::nullopt;
  return split_path(to_text(key));
}

std::optional<Path> listed_path(const Json& keys) {
  Path path;
  if (keys.is_null()) return path;
  if (keys.is_object()) return std::nullopt;
  if (!keys.is_array()) {
    path.steps.push_back(path_step(to_text(keys)));
    return path;
  }
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].is_structured()) {
      const auto levels = levels_up(keys[i]);
      if (i != 0 || !levels) return std::nullopt;
      path.levels_up = *levels;
    } else {
      path.steps.push_back(path_step(to_text(keys[i])));
    }
  }
  return path;
}

const Json* follow(const Json& from, const PathStep& step) {
  if (from.is_object()) {
    const auto found = from.find(step.key);
    return found == from.end() ? nullptr : &*found;
  }
  if (from.is_array() && step.index && *step.index < from.size()) return &from[*step.index];
  return nullptr;
}

}  // namespace mingjian::guard
