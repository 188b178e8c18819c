#include "engine/chart/valuation.h"

#include <charconv>
#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian::chart {
namespace {

// The place that a key leads to in an array: an index, or the length to append.
Json* array_place(Json& array, const std::string& key) {
  std::size_t index = 0;
  const auto read = std::from_chars(key.data(), key.data() + key.size(), index);
  if (read.ec != std::errc() || read.ptr != key.data() + key.size() || index > array.size())
    return nullptr;
  if (index == array.size()) array.push_back(nullptr);
  return &array[index];
}

}  // namespace

tl::expected<bool, Json> Valuation::holds(const guard::Expression& guard,
                                          const guard::Scope& scope) {
  return guard.holds(scope);
}

tl::expected<Json, Json> Valuation::value(const guard::Expression& expression,
                                          const guard::Scope& scope) {
  return expression.evaluate(scope);
}

bool Valuation::assign(Json& context, const std::vector<std::string>& path, Json value) {
  Json* at = &context;
  for (const std::string& key : path) {
    if (at->is_null()) *at = Json::object();
    if (at->is_object()) {
      at = &(*at)[key];
    } else if (at->is_array()) {
      at = array_place(*at, key);
    } else {
      return false;
    }
    if (at == nullptr) return false;
  }
  *at = std::move(value);
  return true;
}

Valuation& evaluation() {
  static Valuation kEvaluation;
  return kEvaluation;
}

}  // namespace mingjian::chart
