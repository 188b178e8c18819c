#include "engine/guard/environment.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace mingjian::guard {
namespace {

const TypeFrame* frame_of(const Path& path, const TypeFrame& frame) {
  const TypeFrame* from = &frame;
  for (std::size_t i = 0; i < path.levels_up && from != nullptr; ++i) from = from->outer;
  return from;
}

// The whole of what a frame shows.
Type whole(const TypeFrame& frame) {
  return frame.kind == Frame::Kind::kMember ? frame.value : Type{kObjects, nullptr, {}};
}

std::optional<Type> member(const PathStep& step, const TypeFrame& frame) {
  switch (frame.kind) {
    case Frame::Kind::kData: {
      const auto found = frame.environment->members.find(step.key);
      if (found == frame.environment->members.end()) return std::nullopt;
      return type_of_schema(*found->second);
    }
    case Frame::Kind::kMember:
      return member_of(frame.value, step);
    case Frame::Kind::kIteration:
      if (step.key == "index") return Type{kNumbers, nullptr, {}};
      if (step.key == "iterator") return frame.value;
      break;
    case Frame::Kind::kReduction:
      if (step.key == "current") return frame.value;
      if (step.key == "accumulator") return frame.accumulator;
      break;
  }
  return std::nullopt;
}

// The names that could stand where `place` leads, or in a frame.
std::vector<std::string> names_in(const TypeFrame& frame, const Path& place) {
  std::vector<std::string> names;
  if (place.steps.empty() && frame.kind == Frame::Kind::kData) {
    for (const auto& [name, schema] : frame.environment->members) names.push_back(name);
    return names;
  }
  const auto type = place.steps.empty() ? whole(frame) : locate(place, frame);
  if (!type || type->schema == nullptr || !type->schema->contains("properties")) return names;
  for (const auto& [name, schema] : type->schema->at("properties").items()) names.push_back(name);
  return names;
}

// How many letters must be put in, left out or changed to make one name the other (Levenshtein).
std::size_t distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t k = 0; k < right.size(); ++k) {
      const std::size_t changed = diagonal + (left[i] == right[k] ? 0 : 1);
      diagonal = row[k + 1];
      row[k + 1] = std::min({changed, diagonal + 1, row[k] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::optional<Type> locate(const Path& path, const TypeFrame& frame) {
  const TypeFrame* from = frame_of(path, frame);
  if (from == nullptr) return std::nullopt;
  if (path.steps.empty()) return whole(*from);
  auto type = member(path.steps.front(), *from);
  for (std::size_t i = 1; type && i < path.steps.size(); ++i) {
    type = member_of(*type, path.steps[i]);
  }
  return type;
}

std::string dotted(const Path& path) {
  std::string text;
  for (const PathStep& step : path.steps) {
    if (!text.empty()) text += '.';
    text += step.key;
  }
  return text;
}

std::string likely_name(const std::string& name, const std::vector<std::string>& names) {
  constexpr std::size_t kMostSlips = 2;
  constexpr std::size_t kLongest = 64;  // bounds the work
  std::string likely;
  if (name.size() > kLongest) return likely;
  std::size_t least = kMostSlips + 1;
  for (const std::string& other : names) {
    if (other.size() > name.size() + kMostSlips || name.size() > other.size() + kMostSlips)
      continue;
    const std::size_t slips = distance(name, other);
    if (slips > least || slips >= name.size()) continue;
    likely = slips < least ? other : std::string();  // of two that are as close neither is likely
    least = slips;
  }
  return likely;
}

std::string likely_path(const Path& path, const TypeFrame& frame) {
  const TypeFrame* from = frame_of(path, frame);
  if (from == nullptr) return {};
  Path known;
  for (const PathStep& step : path.steps) {
    Path further = known;
    further.steps.push_back(step);
    if (!locate(further, *from)) {
      const std::string likely = likely_name(step.key, names_in(*from, known));
      if (likely.empty()) break;
      known.steps.push_back(path_step(likely));
      return dotted(known);
    }
    known = std::move(further);
  }
  // A field of the case written without "context.".
  if (!known.steps.empty() || from->kind != Frame::Kind::kData) return {};
  Path in_case{0, {path_step("context")}};
  in_case.steps.insert(in_case.steps.end(), path.steps.begin(), path.steps.end());
  return from->environment->members.contains("context") && locate(in_case, *from) ? dotted(in_case)
                                                                                  : std::string();
}

}  // namespace mingjian::guard
