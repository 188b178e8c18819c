#include "engine/case/placing.h"

#include <algorithm>
#include <utility>

#include "engine/base/wording.h"
#include "engine/chart/placement.h"

namespace mingjian {
namespace {

using chart::StateIndex;

class Placer {
 public:
  Placer(const Situation& situation, const Definition& target, const MigrateCase& command,
         Instant now)
      : situation_(situation),
        old_(situation.definition.chart()),
        new_(target.chart()),
        command_(command),
        now_ms_(now.microseconds / 1000) {}

  tl::expected<Placing, std::vector<Obstacle>> run() {
    check_mapping();
    place_configuration();
    place_history();
    check_acts();
    if (!obstacles_.empty()) return tl::unexpected(std::move(obstacles_));
    place_timers();
    place_data();
    return std::move(placing_);
  }

 private:
  void add(ObstacleKind kind, Text message, std::string pointer = {}) {
    obstacles_.push_back({kind, std::move(message), {}, std::move(pointer)});
  }

  // What is named must be there: a mistyped name would otherwise do nothing.
  void check_mapping() {
    for (const auto& [from, to] : command_.states) {
      const std::string pointer = "/states" + pointer_part(from);
      if (!old_.find(from)) {
        add(ObstacleKind::kForm,
            {"现版本没有这个状态：" + from, "the present version has no state " + from}, pointer);
      }
      if (!new_.find(to)) {
        add(ObstacleKind::kForm,
            {"新版本没有这个状态：" + to, "the new version has no state " + to}, pointer);
      }
    }
  }

  std::optional<StateIndex> counterpart_of(StateIndex state) const {
    return new_.find(counterpart(command_.states, old_.state(state).id));
  }

  void no_counterpart(StateIndex state) {
    const Text name = name_of_state(situation_.definition, state);
    const std::string& id = old_.state(state).id;
    add(ObstacleKind::kState,
        {"新版本没有与" + name.zh + "（" + id + "）对应的状态，请在对应关系中写明",
         "the new version has no state for " + name.en + " (" + id + "); name one in the mapping"});
  }

  void place_configuration() {
    std::vector<StateIndex> places;
    for (const StateIndex state : situation_.snapshot.configuration.members()) {
      if (!old_.is_leaf(state)) continue;
      const auto place = counterpart_of(state);
      if (!place || new_.state(*place).kind == chart::StateKind::kHistory) {
        no_counterpart(state);
      } else {
        places.push_back(*place);
      }
    }
    if (!obstacles_.empty()) return;
    auto configuration = chart::configuration_with(new_, places);
    if (!configuration) {
      add(ObstacleKind::kState, {"对应的状态在新版本中不能同时成立",
                                 "the states it would stand in cannot be active together"});
      return;
    }
    placing_.snapshot.configuration = std::move(*configuration);
  }

  void place_history() {
    for (const chart::HistoryRecord& record : situation_.snapshot.history) {
      const auto history = counterpart_of(record.history);
      if (!history || new_.state(*history).kind != chart::StateKind::kHistory) {
        no_counterpart(record.history);
        continue;
      }
      chart::HistoryRecord moved{*history, {}};
      for (const StateIndex state : record.states) {
        const auto place = counterpart_of(state);
        if (place && new_.is_inside(*place, new_.state(*history).parent)) {
          moved.states.push_back(*place);
        } else {
          no_counterpart(state);
        }
      }
      std::sort(moved.states.begin(), moved.states.end());
      placing_.snapshot.history.push_back(std::move(moved));
    }
  }

  // Who acted where decides who may act later, so no such fact may be lost.
  void check_acts() {
    for (const auto& [source, people] : situation_.state.acted) {
      if (new_.find(counterpart(command_.states, source))) continue;
      add(ObstacleKind::kSeparation,
          {"新版本没有与 " + source + " 对应的状态，何人办理过该环节将无从认定，请在对应关系中写明",
           "the new version has no state for " + source +
               ", so that who acted there would be forgotten; name one in the mapping"});
    }
  }

  void place_timers() {
    for (const chart::Timer& timer : situation_.snapshot.timers) {
      if (std::holds_alternative<chart::DelayedEvent>(timer.what))
        placing_.snapshot.timers.push_back(timer);
    }
    const auto& delays = new_.delays();
    for (std::uint32_t number = 0; number < delays.size(); ++number) {
      if (placing_.snapshot.configuration.contains(delays[number].state)) place_delay(number);
    }
    for (const chart::Timer& timer : situation_.snapshot.timers) {
      const chart::Delay* const before = delay_of(timer);
      if (before == nullptr) continue;
      const auto state = counterpart_of(before->state);
      const bool goes_on = std::any_of(delays.begin(), delays.end(), [&](const auto& delay) {
        return delay.state == state && delay.key == before->key &&
               placing_.snapshot.configuration.contains(delay.state);
      });
      if (goes_on) continue;
      placing_.timers.push_back(
          {old_.state(before->state).id, before->key, timer.due_ms, TimerFate::kEnded});
    }
  }

  const chart::Delay* delay_of(const chart::Timer& timer) const {
    const auto* after = std::get_if<chart::AfterTimer>(&timer.what);
    return after == nullptr ? nullptr : &old_.delays()[after->delay];
  }

  // A delay of a state where the case will stand: due as before, or as the rule for time says.
  void place_delay(std::uint32_t number) {
    const chart::Delay& delay = new_.delays()[number];
    TimerOutcome outcome{new_.state(delay.state).id, delay.key, now_ms_ + delay.milliseconds,
                         TimerFate::kStarted};
    for (const chart::Timer& timer : situation_.snapshot.timers) {
      const chart::Delay* const before = delay_of(timer);
      const bool same_state = before != nullptr && counterpart_of(before->state) == delay.state;
      if (!same_state || command_.carry.time == TimeRule::kRestart) continue;
      const bool same_delay = before->key == delay.key;
      outcome.due_ms = timer.due_ms - before->milliseconds + delay.milliseconds;
      outcome.fate = same_delay ? TimerFate::kKept : TimerFate::kMoved;
      if (same_delay) break;
    }
    placing_.snapshot.timers.push_back({outcome.due_ms, chart::AfterTimer{number}});
    placing_.timers.push_back(std::move(outcome));
  }

  void place_data() {
    placing_.snapshot.context = situation_.state.data;
    for (const auto& [field, first] : new_.initial_context().items()) {
      if (!placing_.snapshot.context.contains(field)) placing_.snapshot.context[field] = first;
    }
  }

  const Situation& situation_;
  const chart::Chart& old_;
  const chart::Chart& new_;
  const MigrateCase& command_;
  std::int64_t now_ms_;
  Placing placing_;
  std::vector<Obstacle> obstacles_;
};

}  // namespace

tl::expected<Placing, std::vector<Obstacle>> place(const Situation& situation,
                                                   const Definition& target,
                                                   const MigrateCase& command, Instant now) {
  return Placer(situation, target, command, now).run();
}

Text name_of_state(const Definition& definition, chart::StateIndex state) {
  return quoted(definition.notes(state).title, definition.chart().state(state).id);
}

}  // namespace mingjian
