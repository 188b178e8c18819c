#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/chart/chart.h"
#include "engine/chart/vocabulary.h"

namespace mingjian::chart {

// The first thing in a definition that is refused. Thrown and caught inside this room only.
struct Refused {
  Error error;
};

[[noreturn]] void refuse(const std::string& pointer, const std::string& zh, const std::string& en);

// Turns one definition into the parts of a chart: first all states, then what refers to them.
class Compiler {
 public:
  Compiler(const OrderedJson& root, const Vocabulary& extra_keys)
      : root_(root), extra_(extra_keys) {}

  // Throws Refused.
  Chart::Parts compile();

 private:
  // States (compile_states.cc)
  StateIndex add_state(const OrderedJson& json, const std::string& key, const std::string& pointer,
                       StateIndex parent, std::uint32_t depth, const std::string& path);
  void check_keys(const OrderedJson& json, const std::string& pointer, bool is_root) const;
  StateKind kind_of(const OrderedJson& json, const std::string& pointer) const;
  void check_shape(const OrderedJson& json, const State& state, bool is_root) const;
  void check_regions(StateIndex parallel) const;

  // References (compile_references.cc)
  void finish_state(StateIndex index);
  void read_initial(StateIndex index, const OrderedJson& json);
  void read_history(StateIndex index, const OrderedJson& json);
  std::vector<StateIndex> targets(const OrderedJson& value, StateIndex source,
                                  const std::string& pointer) const;
  StateIndex target(const std::string& text, StateIndex source, const std::string& pointer) const;
  StateIndex descend(StateIndex from, std::string_view path, const std::string& text,
                     const std::string& pointer) const;
  StateIndex child(StateIndex parent, std::string_view key) const;
  void check_together(const std::vector<StateIndex>& states, const std::string& pointer) const;
  StateIndex common_ancestor(StateIndex a, StateIndex b) const;

  // Transitions (compile_transitions.cc)
  void read_on(StateIndex index, const OrderedJson& json);
  void read_group(StateIndex index, const OrderedJson& value, const Transition& like,
                  const std::string& pointer);
  void read_transition(const OrderedJson& value, Transition transition, const std::string& pointer);
  void read_delays(StateIndex index, const OrderedJson& json);

  // Actions and expressions (compile_actions.cc)
  Expression expression(const OrderedJson& value, const std::string& pointer) const;
  Block block(const OrderedJson& value, const std::string& pointer) const;
  Action action(const OrderedJson& value, const std::string& pointer) const;
  Action assign(const OrderedJson& value, const std::string& pointer) const;
  Action raise(const OrderedJson& value, const std::string& pointer) const;
  Action choose(const OrderedJson& value, const std::string& pointer) const;
  Action effect(const OrderedJson& value, const std::string& pointer) const;
  std::vector<NamedExpression> named(const OrderedJson& value, const std::string& pointer) const;
  Output output(const OrderedJson& value, const std::string& pointer) const;

  const OrderedJson& root_;
  const Vocabulary& extra_;
  std::vector<const OrderedJson*> sources_;  // by state
  Chart::Parts parts_;
};

// The states that a transition leaves everything inside of (contract, section 3 "Domain"). Requires
// targets.
[[nodiscard]] StateIndex domain_for(const std::vector<State>& states, StateIndex source,
                                    const std::vector<StateIndex>& targets, bool reenter);

}  // namespace mingjian::chart
