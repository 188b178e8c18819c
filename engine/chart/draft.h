#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/chart/chart.h"
#include "engine/chart/vocabulary.h"

// What the passes of the compiler share. Inside the compiler only.
namespace mingjian::chart {

using Check = tl::expected<void, Error>;

// A chart in the making. The passes run in this order: read_states, resolve_defaults,
// compile_contents, resolve_domains.
struct Draft {
  const Vocabulary& vocabulary;
  Chart::Parts parts = {};
  std::vector<const OrderedJson*> sources = {};  // of each state, borrowed from the definition
  std::vector<std::string> paths = {};           // of each state: the root's id and the keys
  std::unordered_map<std::string, StateIndex> by_path = {};

  [[nodiscard]] bool is_inside(StateIndex state, StateIndex ancestor) const {
    return state > ancestor && state < parts.states[ancestor].end;
  }
};

// An error about a state; the texts follow the state's id.
[[nodiscard]] tl::unexpected<Error> refuse(const State& state, std::string pointer,
                                           const std::string& zh, const std::string& en);

// Collects the states, their ids and kinds, and checks the keys of each.
[[nodiscard]] Check read_states(Draft& draft, const OrderedJson& definition);

// The targets of `initial` and of history states.
[[nodiscard]] Check resolve_defaults(Draft& draft);

// Transitions, timers, actions and outputs.
[[nodiscard]] Check compile_contents(Draft& draft);

// The transitions of one state, in the order that State describes.
[[nodiscard]] Check compile_transitions(Draft& draft, StateIndex state);

// The domain of each transition whose targets are fixed.
void resolve_domains(Draft& draft);

// A target as a transition of `source` says it: "#id", ".a.b" or "a.b".
[[nodiscard]] Result<StateIndex> resolve_target(const Draft& draft, StateIndex source,
                                                const OrderedJson& target,
                                                const std::string& pointer);

// A target or a list of targets that can be active together.
[[nodiscard]] Result<std::vector<StateIndex>> resolve_targets(const Draft& draft,
                                                              StateIndex source,
                                                              const OrderedJson& value,
                                                              const std::string& pointer);

// Refuses targets that cannot be active together. `owner` is named in the message.
[[nodiscard]] Check check_together(const Draft& draft, StateIndex owner,
                                   const std::vector<StateIndex>& targets,
                                   const std::string& pointer);

// A JsonLogic expression that may ask in_state.
[[nodiscard]] Result<Expression> compile_expression(const Draft& draft, const OrderedJson& rule,
                                                    const std::string& pointer);

// An object of expressions by name.
[[nodiscard]] Result<std::vector<NamedExpression>> compile_named(const Draft& draft,
                                                                 StateIndex owner,
                                                                 const OrderedJson& members,
                                                                 const std::string& pointer);

// An action or a list of actions.
[[nodiscard]] Result<Block> compile_block(const Draft& draft, StateIndex owner,
                                          const OrderedJson& actions, const std::string& pointer);

}  // namespace mingjian::chart
