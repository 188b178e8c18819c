// Transitions and the timers of `after`.
#include <algorithm>
#include <array>

#include "engine/chart/domain.h"
#include "engine/chart/draft.h"
#include "engine/chart/duration.h"

namespace mingjian::chart {
namespace {

constexpr std::array<std::string_view, 6> kKeys = {"target",  "guard", "actions",
                                                   "reenter", "meta",  "description"};

// Compiles the transitions of one state and appends them to the draft.
class TransitionCompiler {
 public:
  TransitionCompiler(Draft& draft, StateIndex source) : draft_(draft), source_(source) {}

  Check compile() {
    const OrderedJson& source = *draft_.sources[source_];
    const std::uint32_t begin = count();
    if (const auto on = source.find("on"); on != source.end()) {
      if (auto done = compile_on(*on); !done) return done;
    }
    if (const auto done_list = source.find("onDone"); done_list != source.end()) {
      Transition made = blank(Trigger::kDone);
      made.event = {Descriptor::Kind::kExact, state().done_event};
      if (auto done = append_all(made, *done_list, state().pointer + "/onDone"); !done) return done;
    }
    state().on = {begin, count()};
    if (const auto always = source.find("always"); always != source.end()) {
      const auto list = blank(Trigger::kAlways);
      if (auto done = append_all(list, *always, state().pointer + "/always"); !done) return done;
    }
    state().always = {state().on.end, count()};
    if (const auto after = source.find("after"); after != source.end()) {
      return compile_after(*after);
    }
    return {};
  }

 private:
  State& state() { return draft_.parts.states[source_]; }
  [[nodiscard]] std::uint32_t count() const {
    return static_cast<std::uint32_t>(draft_.parts.transitions.size());
  }
  [[nodiscard]] Transition blank(Trigger trigger) const {
    Transition made;
    made.source = source_;
    made.trigger = trigger;
    return made;
  }

  Check compile_on(const OrderedJson& on) {
    const std::string pointer = state().pointer + "/on";
    if (!on.is_object()) return refuse(state(), pointer, "on 必须是一个对象", "on must be an object");
    for (const auto& [key, list] : on.items()) {
      const auto descriptor = parse_descriptor(key);
      if (!descriptor) {
        return refuse(state(), pointer + pointer_part(key), "事件描述 “" + key + "” 不合规定",
                      "\"" + key + "\" is no event descriptor: a name, a name and \".*\", or \"*\"");
      }
      Transition made = blank(Trigger::kEvent);
      made.event = *descriptor;
      if (auto done = append_all(made, list, pointer + pointer_part(key)); !done) return done;
    }
    return {};
  }

  Check compile_after(const OrderedJson& after) {
    const std::string pointer = state().pointer + "/after";
    if (!after.is_object()) {
      return refuse(state(), pointer, "after 必须是一个对象", "after must be an object");
    }
    auto& delays = draft_.parts.delays;
    state().delays.begin = static_cast<std::uint32_t>(delays.size());
    for (const auto& [key, list] : after.items()) {
      const auto milliseconds = parse_delay(key);
      if (!milliseconds) {
        return refuse(state(), pointer + pointer_part(key),
                      "“" + key + "” 不是固定长度的时间（毫秒数，或周、日、时、分、秒的 ISO 8601 时长）",
                      "\"" + key + "\" is no delay: whole milliseconds, or an ISO 8601 duration of "
                      "weeks, days, hours, minutes, seconds");
      }
      Transition made = blank(Trigger::kAfter);
      made.delay = static_cast<std::uint32_t>(delays.size());
      const std::uint32_t begin = count();
      if (auto done = append_all(made, list, pointer + pointer_part(key)); !done) return done;
      delays.push_back(Delay{source_, key, *milliseconds, {begin, count()}});
    }
    state().delays.end = static_cast<std::uint32_t>(delays.size());
    return {};
  }

  // A transition or a list of transitions, all with the trigger of `blank`.
  Check append_all(const Transition& blank, const OrderedJson& value, const std::string& pointer) {
    if (!value.is_array()) return append(blank, value, pointer);
    for (std::size_t i = 0; i < value.size(); ++i) {
      auto done = append(blank, value[i], pointer + "/" + std::to_string(i));
      if (!done) return done;
    }
    return {};
  }

  Check append(Transition made, const OrderedJson& value, const std::string& pointer) {
    made.pointer = pointer;
    if (value.is_string()) {
      auto targets = resolve_targets(draft_, source_, value, pointer);
      if (!targets) return tl::unexpected(std::move(targets).error());
      made.targets = std::move(*targets);
    } else if (value.is_object()) {
      if (auto done = read_members(made, value); !done) return done;
    } else {
      return refuse(state(), pointer, "迁移必须是字符串或对象", "a transition is a string or an object");
    }
    if (made.trigger == Trigger::kAlways && made.targets.empty() && made.actions.empty()) {
      return refuse(state(), pointer, "无事件迁移既无目标也无动作",
                    "an eventless transition needs a target or actions");
    }
    made.to_history = std::any_of(made.targets.begin(), made.targets.end(), [&](StateIndex s) {
      return draft_.parts.states[s].kind == StateKind::kHistory;
    });
    draft_.parts.transitions.push_back(std::move(made));
    return {};
  }

  Check read_members(Transition& made, const OrderedJson& value) {
    for (const auto& [key, member] : value.items()) {
      const std::string place = made.pointer + pointer_part(key);
      if (auto done = read_member(made, key, member, place); !done) return done;
    }
    return {};
  }

  Check read_member(Transition& made, const std::string& key, const OrderedJson& member,
                    const std::string& place) {
    if (key == "target") {
      auto targets = resolve_targets(draft_, source_, member, place);
      if (!targets) return tl::unexpected(std::move(targets).error());
      made.targets = std::move(*targets);
    } else if (key == "guard") {
      auto guard = compile_expression(draft_, member, place);
      if (!guard) return tl::unexpected(std::move(guard).error());
      made.guard = std::move(*guard);
    } else if (key == "actions") {
      auto actions = compile_block(draft_, source_, member, place);
      if (!actions) return tl::unexpected(std::move(actions).error());
      made.actions = std::move(*actions);
    } else if (key == "reenter") {
      if (!member.is_boolean()) {
        return refuse(state(), place, "reenter 必须是 true 或 false", "reenter is true or false");
      }
      made.reenter = member.get<bool>();
    } else if (!is_known(key)) {
      return refuse(state(), place, "迁移中有不认识的键 “" + key + "”",
                    "unknown key \"" + key + "\" in a transition");
    }
    return {};
  }

  [[nodiscard]] bool is_known(const std::string& key) const {
    const auto& extra = draft_.vocabulary.transitions;
    return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end() ||
           std::find(extra.begin(), extra.end(), key) != extra.end();
  }

  Draft& draft_;
  StateIndex source_;
};

}  // namespace

Check compile_transitions(Draft& draft, StateIndex state) {
  return TransitionCompiler(draft, state).compile();
}

void resolve_domains(Draft& draft) {
  for (Transition& transition : draft.parts.transitions) {
    if (transition.to_history) continue;
    transition.domain = domain_of(draft.parts.states, transition, transition.targets);
  }
}

}  // namespace mingjian::chart
