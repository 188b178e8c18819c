#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/language.h"
#include "engine/definition/definition.h"

namespace mingjian::render {

// What is rendered: a definition of a procedure, or a statechart alone, which has no titles, roles,
// approvals or time limits. A view: what it is made of must outlive it.
class Subject {
 public:
  explicit Subject(const Definition& definition);
  // `source` is what `chart` was compiled from.
  Subject(const chart::Chart& chart, OrderedJson source);

  [[nodiscard]] const chart::Chart& chart() const { return chart_; }
  // nullptr: a statechart alone.
  [[nodiscard]] const Definition* definition() const { return definition_; }
  // Empty where there is no definition.
  [[nodiscard]] const StateNotes& notes(chart::StateIndex state) const;
  [[nodiscard]] const TransitionNotes& transition_notes(chart::TransitionIndex transition) const;

  // The title; the id, the key or the trigger where there is none.
  [[nodiscard]] std::string title(Language language) const;
  [[nodiscard]] std::string state_title(chart::StateIndex state, Language language) const;
  [[nodiscard]] std::string transition_title(chart::TransitionIndex transition,
                                             Language language) const;

  // The JSON that the state or the transition with this pointer was read from.
  [[nodiscard]] const OrderedJson& source(const std::string& pointer) const;
  [[nodiscard]] const OrderedJson& source() const { return source_; }

 private:
  const chart::Chart& chart_;
  const Definition* definition_ = nullptr;
  OrderedJson source_;
};

// The direct children in document order, history states too.
[[nodiscard]] std::vector<chart::StateIndex> children(const chart::Chart& chart,
                                                      chart::StateIndex state);

// The transitions that start in `state`, whatever sets them off: those for events and for being
// done, then the eventless, then those of timers.
[[nodiscard]] std::vector<chart::TransitionIndex> outgoing(const chart::Chart& chart,
                                                           chart::StateIndex state);

// What sets the transition off, as the definition writes it: "submit", "error.*"; empty for an
// eventless one.
[[nodiscard]] std::string trigger(const chart::Chart& chart, chart::TransitionIndex transition);

}  // namespace mingjian::render
