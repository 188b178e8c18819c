#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/base/json.h"
#include "engine/chart/action.h"
#include "engine/chart/descriptor.h"
#include "engine/chart/state_set.h"

namespace mingjian::chart {

using TransitionIndex = std::uint32_t;

enum class StateKind { kAtomic, kCompound, kParallel, kFinal, kHistory };
enum class HistoryKind { kShallow, kDeep };

// The numbers from begin up to, not including, end.
struct IndexRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

// Data of a final state for its parent's done event.
struct Output {
  std::shared_ptr<const Json> literal;  // an output that is no object; else nullptr
  std::vector<NamedExpression> members;
};

// A state (阶段 or a part of one). Numbers are document order, so that the descendants of the state
// with number s are the numbers from s + 1 up to, not including, `end`.
struct State {
  std::string id;
  std::string key;         // under its parent's "states"; the root's is empty
  std::string pointer;     // JSON pointer of its place in the definition
  std::string done_event;  // "done.state." and the id
  StateIndex parent = kNoState;
  StateIndex end = 0;
  std::uint32_t depth = 0;  // the root's is 0
  StateKind kind = StateKind::kAtomic;
  HistoryKind history = HistoryKind::kShallow;

  IndexRange on;      // transitions of `on`, then of `onDone`, in document order
  IndexRange always;  // eventless transitions
  IndexRange delays;  // of `after`, into Chart::delays()

  std::vector<StateIndex> targets;    // of a compound state's initial, or a history's default
  std::vector<StateIndex> histories;  // its children that are history states
  Block entry;
  Block exit;
  Block initial_actions;
  std::optional<Output> output;
};

enum class Trigger { kEvent, kDone, kAlways, kAfter };

struct Transition {
  StateIndex source = 0;
  Trigger trigger = Trigger::kEvent;
  Descriptor event;         // for kEvent and kDone
  std::uint32_t delay = 0;  // for kAfter: number in Chart::delays()
  std::optional<Expression> guard;
  std::vector<StateIndex> targets;  // empty: nothing is left or entered
  bool reenter = false;
  bool to_history = false;  // a target is a history state: the domain depends on what is recorded
  StateIndex domain = kNoState;  // where !to_history; kNoState: nothing is left or entered
  Block actions;
  std::string pointer;  // JSON pointer of its place in the definition
};

// One key of one state's `after`.
struct Delay {
  StateIndex state = 0;
  std::string key;  // as written
  std::int64_t milliseconds = 0;
  IndexRange transitions;
};

// A definition that was checked as a whole and compiled. Immutable: any number of threads may share
// one. Only compile() makes one, so an unchecked definition cannot be run.
class Chart {
 public:
  struct Parts {
    std::vector<State> states;
    std::vector<Transition> transitions;
    std::vector<Delay> delays;
    std::unordered_map<std::string, StateIndex> by_id;
    std::shared_ptr<const Json> context;
  };
  explicit Chart(Parts parts) : parts_(std::move(parts)) {}

  // The id of the definition, which is the root's.
  [[nodiscard]] const std::string& id() const { return parts_.states.front().id; }
  [[nodiscard]] const std::vector<State>& states() const { return parts_.states; }
  [[nodiscard]] const std::vector<Transition>& transitions() const { return parts_.transitions; }
  [[nodiscard]] const std::vector<Delay>& delays() const { return parts_.delays; }
  [[nodiscard]] const Json& initial_context() const { return *parts_.context; }

  // Requires an index below the number of states, or of transitions.
  [[nodiscard]] const State& state(StateIndex index) const { return parts_.states[index]; }
  [[nodiscard]] const Transition& transition(TransitionIndex index) const {
    return parts_.transitions[index];
  }
  [[nodiscard]] std::optional<StateIndex> find(std::string_view id) const;

  // Whether `state` is inside `ancestor` and not the same.
  [[nodiscard]] bool is_inside(StateIndex state, StateIndex ancestor) const {
    return state > ancestor && state < parts_.states[ancestor].end;
  }
  // Under which key of its state a transition stands: the event as written, "onDone", "always", or
  // "after " and the delay.
  [[nodiscard]] std::string label(TransitionIndex transition) const;
  // A state that can be active and has no active children: atomic or final.
  [[nodiscard]] bool is_leaf(StateIndex state) const {
    const StateKind kind = parts_.states[state].kind;
    return kind == StateKind::kAtomic || kind == StateKind::kFinal;
  }

 private:
  Parts parts_;
};

}  // namespace mingjian::chart
