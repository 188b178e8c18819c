#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "engine/chart/macrostep.h"
#include "engine/chart/valuation.h"

namespace mingjian::chart {

// An event as expressions see it: {"type", "data"}, or null before the first. That is made when it
// is first asked for, since most guards and actions do not look at the event. One thread.
class SeenEvent {
 public:
  SeenEvent() = default;
  // `event` must outlive this, or the next set().
  explicit SeenEvent(const Event& event) : event_(&event) {}

  void set(const Event& event) { *this = SeenEvent(event); }
  [[nodiscard]] const Json& json() const;

 private:
  const Event* event_ = nullptr;
  mutable std::optional<Json> json_;
};

// What expressions see while states are left and entered: the configuration as it is right now.
class StepScope : public guard::Scope {
 public:
  StepScope(const Snapshot& snapshot, const SeenEvent& event, const Facts& facts,
            std::int64_t now_ms)
      : snapshot_(snapshot), event_(event), facts_(facts), now_(now_ms) {}

  [[nodiscard]] const Json* member(std::string_view key) const override;
  [[nodiscard]] Json whole() const override;
  [[nodiscard]] bool in_state(std::uint32_t state) const override {
    return snapshot_.configuration.contains(state);
  }

 private:
  const Snapshot& snapshot_;
  const SeenEvent& event_;
  const Facts& facts_;
  const Json now_;
};

// A transition with where it leads now.
struct Enabled {
  TransitionIndex index = 0;
  StateIndex domain = kNoState;  // kNoState: nothing is left or entered
};

// Runs one macrostep on a copy of a snapshot (W3C SCXML 1.0, appendix D, with the deviations of the
// contract). One use. All that it is given must outlive it.
class Interpreter {
 public:
  Interpreter(const Chart& chart, Snapshot snapshot, const Facts& facts, std::int64_t now_ms,
              Valuation& valuation = evaluation())
      : chart_(chart),
        snapshot_(std::move(snapshot)),
        facts_(facts),
        now_ms_(now_ms),
        valuation_(valuation) {}

  void enter_root();
  // `event` must outlive the macrostep.
  void take_event(const Event& event);
  void take_timer(std::uint32_t delay);
  // Goes on until nothing is enabled and no internal event waits.
  void settle();
  // The result; `before` where there was a fault.
  [[nodiscard]] Macrostep finish(const Snapshot& before);

  // The transitions that a trigger enables, conflicts resolved (select.cc).
  [[nodiscard]] std::vector<Enabled> select_for_event(const std::string& type);
  [[nodiscard]] std::vector<Enabled> select_eventless();
  void set_event(const Event& event) { event_.set(event); }
  [[nodiscard]] StateIndex domain_now(TransitionIndex transition) const;

  // The states that entering the targets brings (entry_set.cc).
  struct Entry {
    StateSet states;
    StateSet by_default;  // entered by default: their initial actions run
  };
  void add_entry(Entry& entry, const std::vector<StateIndex>& targets, StateIndex domain) const;
  [[nodiscard]] Entry new_entry() const;

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }

 private:
  template <class Matches>
  std::vector<Enabled> select(Matches matches, bool eventless);
  [[nodiscard]] bool guard_holds(TransitionIndex index);
  // Adds a transition that was found later than those in `kept`, unless one of them goes before it.
  void add_without_conflict(std::vector<Enabled>& kept, TransitionIndex index) const;
  [[nodiscard]] bool conflict(StateIndex a, StateIndex b) const;

  void microstep(const std::vector<Enabled>& enabled);
  void leave(const std::vector<Enabled>& enabled, Microstep& step);
  void record_history(StateIndex left);
  void enter(const Entry& entry, Microstep& step);
  void start_delays(StateIndex state);
  void raise_done(StateIndex final_state);
  [[nodiscard]] bool complete(StateIndex state) const;
  [[nodiscard]] bool at_the_end() const;
  void end();
  [[nodiscard]] bool legal() const;

  void add_descendants(Entry& entry, StateIndex state) const;
  void add_ancestors(Entry& entry, StateIndex state, StateIndex domain) const;
  void add_missing_regions(Entry& entry, StateIndex parallel) const;
  void add_history(Entry& entry, StateIndex history, StateIndex domain) const;

  // Actions (run_actions.cc). A block stops at its first failure.
  void run(const Block& block);
  [[nodiscard]] bool perform(const Action& action);
  [[nodiscard]] bool perform(const Assign& assign);
  [[nodiscard]] bool perform(const Raise& raise);
  [[nodiscard]] bool perform(const Cancel& cancel);
  [[nodiscard]] bool perform(const Choose& choose);
  [[nodiscard]] bool perform(const Log& log);
  [[nodiscard]] bool perform(const Effect& effect);
  [[nodiscard]] bool evaluate(const std::vector<NamedExpression>& members, Json& object);
  void raise_error();
  [[nodiscard]] tl::expected<bool, Json> holds(const Expression& guard);
  [[nodiscard]] tl::expected<Json, Json> value(const Expression& expression);

  const Chart& chart_;
  Snapshot snapshot_;
  const Facts& facts_;
  const std::int64_t now_ms_;
  Valuation& valuation_;
  SeenEvent event_;                             // the last one taken
  Event raised_;                                // where that was an internal one
  std::list<Event> internal_;                   // those that wait
  std::vector<TransitionIndex> failed_guards_;  // reported once a macrostep
  std::vector<Microstep> microsteps_;
  std::vector<Json> effects_;
  std::optional<Fault> fault_;
};

}  // namespace mingjian::chart
