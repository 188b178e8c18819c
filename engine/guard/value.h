#pragma once

#include <utility>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "engine/base/json.h"

namespace mingjian::guard {

// A result on the way: of its own, or a view of data that outlives it. Only evaluation uses it;
// whoever lets data go must first make what was computed from it own().
class Value {
 public:
  Value(Json owned) : owned_(std::move(owned)) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] static Value view(const Json& data) {
    Value value{Json()};
    value.viewed_ = &data;
    return value;
  }

  [[nodiscard]] const Json& get() const { return viewed_ != nullptr ? *viewed_ : owned_; }
  [[nodiscard]] bool is_view() const { return viewed_ != nullptr; }
  [[nodiscard]] Json own() && { return viewed_ != nullptr ? *viewed_ : std::move(owned_); }

 private:
  const Json* viewed_ = nullptr;
  Json owned_;
};

// A result, or the error of JsonLogic.
using Outcome = tl::expected<Value, Json>;

}  // namespace mingjian::guard
