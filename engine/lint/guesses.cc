#include "engine/lint/guesses.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian::lint {
namespace {

constexpr std::size_t kMostRows = 1024;   // of one macrostep
constexpr std::size_t kMostChoices = 16;  // in one row; beyond them the first answer is taken

// The time is not known: a case may stand anywhere for any length of time.
class Timeless : public guard::Scope {
 public:
  explicit Timeless(const guard::Scope& scope) : scope_(scope) {}
  [[nodiscard]] const Json* member(std::string_view key) const override {
    return key == "now" ? &unknown_ : scope_.member(key);
  }
  [[nodiscard]] Json whole() const override { return unknown_; }
  [[nodiscard]] bool in_state(std::uint32_t state) const override { return scope_.in_state(state); }

 private:
  const guard::Scope& scope_;
  const Json unknown_ = guard::unknown();
};

}  // namespace

tl::expected<bool, Json> Guesses::holds(const guard::Expression& guard, const guard::Scope& scope) {
  switch (guard.truth(Timeless(scope))) {
    case guard::Truth::kTrue:
      return true;
    case guard::Truth::kFalse:
      return false;
    case guard::Truth::kFails:
      return tl::unexpected<Json>(Json("fails"));
    case guard::Truth::kUnknown:
      break;
  }
  const auto known = std::find_if(answers_.begin(), answers_.end(),
                                  [&](const Answer& answer) { return answer.guard == &guard; });
  if (known != answers_.end()) return known->held;
  const bool held = choose(2) == 0;
  answers_.push_back({&guard, held});
  return held;
}

tl::expected<Json, Json> Guesses::value(const guard::Expression& expression,
                                        const guard::Scope& scope) {
  return expression.known_value(Timeless(scope));
}

bool Guesses::assign(Json& context, const std::vector<std::string>& path, Json value) {
  Json* at = &context;
  for (const std::string& key : path) {
    if (guard::is_unknown(*at)) return true;  // what is inside stays unknown
    if (!at->is_object() || !at->contains(key)) break;
    at = &(*at)[key];
  }
  return Valuation::assign(context, path, std::move(value));
}

std::size_t Guesses::choose(std::size_t options) {
  if (position_ == choices_.size()) {
    if (choices_.size() >= kMostChoices) {
      gave_up_ = true;
      return 0;
    }
    choices_.push_back({0, options});
  }
  return choices_[position_++].taken;
}

bool Guesses::next() {
  position_ = 0;
  answers_.clear();
  while (!choices_.empty() && choices_.back().taken + 1 == choices_.back().options) {
    choices_.pop_back();
  }
  if (choices_.empty()) return false;
  if (++rows_ >= kMostRows) {
    gave_up_ = true;
    return false;
  }
  ++choices_.back().taken;
  return true;
}

}  // namespace mingjian::lint
