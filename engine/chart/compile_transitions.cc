#include <algorithm>
#include <array>
#include <string_view>

#include "engine/chart/compiler.h"
#include "engine/chart/duration.h"

namespace mingjian::chart {
namespace {

constexpr std::array<std::string_view, 6> kTransitionKeys = {"target",  "guard", "actions",
                                                             "reenter", "meta",  "description"};

}  // namespace

void Compiler::read_on(StateIndex index, const OrderedJson& json) {
  const std::string pointer = parts_.states[index].pointer;
  auto& transitions = parts_.transitions;
  const auto begin = static_cast<std::uint32_t>(transitions.size());
  if (json.contains("on")) {
    if (!json["on"].is_object()) refuse(pointer + "/on", "on 应为对象", "on must be an object");
    for (const auto& [event, value] : json["on"].items()) {
      const std::string place = pointer + "/on" + pointer_part(event);
      const auto descriptor = parse_descriptor(event);
      if (!descriptor)
        refuse(place, "不是有效的事件描述：" + event, "not an event descriptor: " + event);
      Transition like;
      like.source = index;
      like.event = *descriptor;
      read_group(index, value, like, place);
    }
  }
  if (json.contains("onDone")) {
    Transition like;
    like.source = index;
    like.trigger = Trigger::kDone;
    like.event = {Descriptor::Kind::kExact, parts_.states[index].done_event};
    read_group(index, json["onDone"], like, pointer + "/onDone");
  }
  parts_.states[index].on = {begin, static_cast<std::uint32_t>(transitions.size())};
  const auto always = static_cast<std::uint32_t>(transitions.size());
  if (json.contains("always")) {
    Transition like;
    like.source = index;
    like.trigger = Trigger::kAlways;
    read_group(index, json["always"], like, pointer + "/always");
  }
  parts_.states[index].always = {always, static_cast<std::uint32_t>(transitions.size())};
}

void Compiler::read_delays(StateIndex index, const OrderedJson& json) {
  const auto begin = static_cast<std::uint32_t>(parts_.delays.size());
  if (json.contains("after")) {
    const std::string pointer = parts_.states[index].pointer + "/after";
    if (!json["after"].is_object()) refuse(pointer, "after 应为对象", "after must be an object");
    for (const auto& [key, value] : json["after"].items()) {
      const std::string place = pointer + pointer_part(key);
      const auto milliseconds = parse_delay(key);
      if (!milliseconds) refuse(place, "不是有效的时长：" + key, "not a delay: " + key);
      Transition like;
      like.source = index;
      like.trigger = Trigger::kAfter;
      like.delay = static_cast<std::uint32_t>(parts_.delays.size());
      const auto first = static_cast<std::uint32_t>(parts_.transitions.size());
      read_group(index, value, like, place);
      parts_.delays.push_back({index,
                               key,
                               *milliseconds,
                               {first, static_cast<std::uint32_t>(parts_.transitions.size())}});
    }
  }
  parts_.states[index].delays = {begin, static_cast<std::uint32_t>(parts_.delays.size())};
}

void Compiler::read_group(StateIndex, const OrderedJson& value, const Transition& like,
                          const std::string& pointer) {
  if (!value.is_array()) {
    read_transition(value, like, pointer);
    return;
  }
  for (std::size_t i = 0; i < value.size(); ++i)
    read_transition(value[i], like, pointer + "/" + std::to_string(i));
}

void Compiler::read_transition(const OrderedJson& value, Transition transition,
                               const std::string& pointer) {
  transition.pointer = pointer;
  if (value.is_string()) {
    transition.targets = targets(value, transition.source, pointer);
  } else if (!value.is_object()) {
    refuse(pointer, "转移应为对象或者字符串", "a transition is an object or a string");
  } else {
    for (const auto& [key, ignored] : value.items()) {
      const bool known =
          std::find(kTransitionKeys.begin(), kTransitionKeys.end(), key) != kTransitionKeys.end() ||
          std::find(extra_.transitions.begin(), extra_.transitions.end(), key) !=
              extra_.transitions.end();
      if (!known)
        refuse(pointer + pointer_part(key), "转移中没有这个键：" + key,
               "a transition has no such key: " + key);
    }
    if (value.contains("reenter")) {
      if (!value["reenter"].is_boolean())
        refuse(pointer + "/reenter", "reenter 应为 true 或 false", "reenter is true or false");
      transition.reenter = value["reenter"].get<bool>();
    }
    if (value.contains("target"))
      transition.targets = targets(value["target"], transition.source, pointer + "/target");
    if (value.contains("guard")) transition.guard = expression(value["guard"], pointer + "/guard");
    if (value.contains("actions"))
      transition.actions = block(value["actions"], pointer + "/actions");
  }
  if (transition.trigger == Trigger::kAlways && transition.targets.empty() &&
      transition.actions.empty()) {
    refuse(pointer, "无事件转移既没有目标也没有动作",
           "an eventless transition with neither target nor actions");
  }
  transition.to_history = std::any_of(
      transition.targets.begin(), transition.targets.end(),
      [&](StateIndex state) { return parts_.states[state].kind == StateKind::kHistory; });
  if (!transition.to_history && !transition.targets.empty()) {
    transition.domain =
        domain_for(parts_.states, transition.source, transition.targets, transition.reenter);
  }
  parts_.transitions.push_back(std::move(transition));
}

StateIndex domain_for(const std::vector<State>& states, StateIndex source,
                      const std::vector<StateIndex>& targets, bool reenter) {
  const auto all_inside = [&](StateIndex ancestor) {
    return std::all_of(targets.begin(), targets.end(),
                       [&](StateIndex t) { return t > ancestor && t < states[ancestor].end; });
  };
  const bool own = std::all_of(targets.begin(), targets.end(),
                               [&](StateIndex t) { return t >= source && t < states[source].end; });
  if (!reenter && own) return source;
  for (StateIndex at = states[source].parent; at != kNoState; at = states[at].parent) {
    const bool may_be = states[at].kind == StateKind::kCompound || at == 0;
    if (may_be && all_inside(at)) return at;
  }
  return 0;
}

}  // namespace mingjian::chart
