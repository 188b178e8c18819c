#include "engine/lint/shadowed.h"

#include <nlohmann/json.hpp>

#include "engine/lint/names.h"

namespace mingjian::lint {
namespace {

using chart::Transition;
using chart::TransitionIndex;

// Nothing is known: what holds here holds whatever the data are.
class UnknownScope : public guard::Scope {
 public:
  [[nodiscard]] const Json* member(std::string_view) const override { return &unknown_; }
  [[nodiscard]] Json whole() const override { return unknown_; }
  // Only asked where a guard holds or not whatever the state: see always_holds.
  [[nodiscard]] bool in_state(std::uint32_t) const override { return active_; }

  void set_active(bool active) { active_ = active; }

 private:
  const Json unknown_ = guard::unknown();
  bool active_ = false;
};

bool always_holds(const Transition& transition) {
  if (!transition.guard) return true;
  UnknownScope scope;
  for (const bool active : {false, true}) {
    scope.set_active(active);
    if (transition.guard->truth(scope) != guard::Truth::kTrue) return false;
  }
  return true;
}

// Whether every event that `later` listens to is one that `earlier` listens to.
bool covers(const chart::Descriptor& earlier, const chart::Descriptor& later) {
  using Kind = chart::Descriptor::Kind;
  if (earlier.kind == Kind::kAny) return true;
  if (earlier.kind == Kind::kExact) return later.kind == Kind::kExact && later.name == earlier.name;
  return later.kind != Kind::kAny && earlier.matches(later.name);
}

bool same_cause(const Transition& earlier, const Transition& later) {
  if (earlier.source != later.source) return false;
  if (later.trigger == chart::Trigger::kAlways || later.trigger == chart::Trigger::kAfter) {
    return earlier.trigger == later.trigger &&
           (later.trigger == chart::Trigger::kAlways || earlier.delay == later.delay);
  }
  const bool by_event =
      earlier.trigger == chart::Trigger::kEvent || earlier.trigger == chart::Trigger::kDone;
  return by_event && covers(earlier.event, later.event);
}

}  // namespace

std::vector<Finding> check_shadowed(const Definition& definition) {
  const chart::Chart& chart = definition.chart();
  std::vector<Finding> findings;
  for (TransitionIndex later = 0; later < chart.transitions().size(); ++later) {
    for (TransitionIndex earlier = 0; earlier < later; ++earlier) {
      if (!same_cause(chart.transition(earlier), chart.transition(later)) ||
          !always_holds(chart.transition(earlier))) {
        continue;
      }
      const Text name = name_of_transition(definition, later);
      const std::string& first = chart.transition(earlier).pointer;
      findings.push_back({"shadowed_transition",
                          Severity::kError,
                          {"“" + name.zh + "”永远轮不到：在它之前的 " + first + " 总是先发生",
                           name.en + " is never reached: " + first + " always goes first"},
                          chart.transition(later).pointer});
      break;
    }
  }
  return findings;
}

}  // namespace mingjian::lint
