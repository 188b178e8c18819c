#include "engine/lint/selection.h"

#include <algorithm>

namespace mingjian::lint {
namespace {

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Whether the state itself is one of the places: by its id or its stage code.
bool is_one_of(const Definition& definition, chart::StateIndex state,
               const std::vector<std::string>& places) {
  const std::string& stage = definition.notes(state).stage;
  return contains(places, definition.chart().state(state).id) ||
         (!stage.empty() && contains(places, stage));
}

bool is_inside_one_of(const Definition& definition, chart::StateIndex state,
                      const std::vector<std::string>& places) {
  for (chart::StateIndex at = state; at != chart::kNoState;
       at = definition.chart().state(at).parent) {
    if (is_one_of(definition, at, places)) return true;
  }
  return false;
}

bool fits(const Definition& definition, chart::TransitionIndex index, const Selector& selector) {
  const chart::Transition& transition = definition.chart().transition(index);
  const auto& rules = definition.transition_notes(index).rules;
  const auto rests_on = [&](const RuleId& rule) {
    return std::find(rules.begin(), rules.end(), rule) != rules.end();
  };
  if (!selector.rules.empty() &&
      std::none_of(selector.rules.begin(), selector.rules.end(), rests_on)) {
    return false;
  }
  if (!selector.events.empty() && !contains(selector.events, transition.event.name)) return false;
  return selector.from.empty() || is_inside_one_of(definition, transition.source, selector.from);
}

bool any(const std::vector<bool>& flags) {
  return std::find(flags.begin(), flags.end(), true) != flags.end();
}

}  // namespace

Selection::Selection(const Definition& definition, const Selector& selector)
    : only_enters_(selector.rules.empty() && selector.events.empty() && selector.from.empty()),
      any_entry_(selector.enters.empty()) {
  const chart::Chart& chart = definition.chart();
  for (chart::TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
    transitions_.push_back(fits(definition, index, selector));
  }
  for (chart::StateIndex state = 0; state < chart.states().size(); ++state) {
    entered_.push_back(is_one_of(definition, state, selector.enters));
  }
}

bool Selection::enters_one(const Moment& moment) const {
  return std::any_of(moment.entered.begin(), moment.entered.end(),
                     [this](chart::StateIndex state) { return entered_[state]; });
}

bool Selection::selects(chart::TransitionIndex transition, const Moment& moment) const {
  return transitions_[transition] && (any_entry_ || enters_one(moment));
}

bool Selection::happens_in(const Moment& moment) const {
  if (only_enters_) return enters_one(moment);
  return std::any_of(moment.taken.begin(), moment.taken.end(),
                     [&](chart::TransitionIndex index) { return selects(index, moment); });
}

bool Selection::is_idle() const {
  return !any(only_enters_ ? entered_ : transitions_) || (!any_entry_ && !any(entered_));
}

}  // namespace mingjian::lint
