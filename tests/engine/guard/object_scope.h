#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/expression.h"

namespace mingjian::guard::testing {

// The members of an object as the data of a rule. The state 7 is active, no other.
class ObjectScope : public Scope {
 public:
  explicit ObjectScope(Json data) : data_(std::move(data)) {}
  [[nodiscard]] const Json* member(std::string_view key) const override {
    const auto found = data_.find(std::string(key));
    return found == data_.end() ? nullptr : &*found;
  }
  [[nodiscard]] Json whole() const override { return data_; }
  [[nodiscard]] bool in_state(std::uint32_t state) const override { return state == 7; }

 private:
  Json data_;
};

}  // namespace mingjian::guard::testing
