#pragma once

#include <vector>

#include "engine/lint/property.h"
#include "engine/lint/state_graph.h"

namespace mingjian::lint {

// A selector made ready for one definition.
class Selection {
 public:
  Selection(const Definition& definition, const Selector& selector);

  // Whether something that happens in the moment is selected.
  [[nodiscard]] bool happens_in(const Moment& moment) const;
  // Whether the transition, taken in this moment, is selected.
  [[nodiscard]] bool selects(chart::TransitionIndex transition, const Moment& moment) const;
  // Whether no transition of the definition can be selected, nor any state.
  [[nodiscard]] bool is_idle() const;

 private:
  [[nodiscard]] bool enters_one(const Moment& moment) const;

  bool only_enters_;               // the selector speaks of states alone
  std::vector<bool> transitions_;  // that fit all but `enters`
  bool any_entry_;                 // the selector does not say what is entered
  std::vector<bool> entered_;      // states that fit `enters`
};

}  // namespace mingjian::lint
