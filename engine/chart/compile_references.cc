#include <algorithm>

#include "engine/chart/compiler.h"

namespace mingjian::chart {

void Compiler::finish_state(StateIndex index) {
  const OrderedJson& json = *sources_[index];
  const std::string pointer = parts_.states[index].pointer;
  if (json.contains("entry")) parts_.states[index].entry = block(json["entry"], pointer + "/entry");
  if (json.contains("exit")) parts_.states[index].exit = block(json["exit"], pointer + "/exit");
  if (json.contains("output"))
    parts_.states[index].output = output(json["output"], pointer + "/output");
  if (parts_.states[index].kind == StateKind::kCompound) read_initial(index, json);
  if (parts_.states[index].kind == StateKind::kHistory) read_history(index, json);
  read_on(index, json);
  read_delays(index, json);
}

void Compiler::read_initial(StateIndex index, const OrderedJson& json) {
  const std::string pointer = parts_.states[index].pointer + "/initial";
  const OrderedJson* value = &json["initial"];
  if (value->is_object()) {
    for (const auto& [key, ignored] : value->items()) {
      if (key != "target" && key != "actions")
        refuse(pointer + pointer_part(key), "没有这个键：" + key, "no such key: " + key);
    }
    if (value->contains("actions"))
      parts_.states[index].initial_actions = block((*value)["actions"], pointer + "/actions");
    if (!value->contains("target"))
      refuse(pointer, "initial 需要 target", "initial needs a target");
    value = &(*value)["target"];
  }
  std::vector<StateIndex> found;
  const auto add = [&](const OrderedJson& one) {
    if (!one.is_string())
      refuse(pointer, "initial 应为子状态的键或者 #id", "initial is the key of a child, or #id");
    const auto text = one.get<std::string>();
    const StateIndex state =
        text.starts_with('#') ? target(text, index, pointer) : descend(index, text, text, pointer);
    const bool inside = state > index && state < parts_.states[index].end;
    if (!inside)
      refuse(pointer, "initial 不在此状态之内：" + text,
             "initial is not inside the state: " + text);
    found.push_back(state);
  };
  if (value->is_array()) {
    if (value->empty()) refuse(pointer, "initial 不能为空", "initial is empty");
    for (const OrderedJson& one : *value) add(one);
  } else {
    add(*value);
  }
  check_together(found, pointer);
  parts_.states[index].targets = std::move(found);
}

void Compiler::read_history(StateIndex index, const OrderedJson& json) {
  const std::string pointer = parts_.states[index].pointer;
  const StateIndex parent = parts_.states[index].parent;
  parts_.states[parent].histories.push_back(index);
  const auto kind = json.find("history");
  if (kind != json.end()) {
    if (*kind != "shallow" && *kind != "deep")
      refuse(pointer + "/history", "history 应为 shallow 或 deep", "history is shallow or deep");
    if (*kind == "deep") parts_.states[index].history = HistoryKind::kDeep;
  }
  if (!json.contains("target")) return;
  auto found = targets(json["target"], index, pointer + "/target");
  for (const StateIndex state : found) {
    const bool inside = state > parent && state < parts_.states[parent].end && state != index;
    if (!inside)
      refuse(pointer + "/target", "history 的默认目标不在其父状态之内",
             "the default of a history lies outside its parent");
  }
  parts_.states[index].targets = std::move(found);
}

std::vector<StateIndex> Compiler::targets(const OrderedJson& value, StateIndex source,
                                          const std::string& pointer) const {
  std::vector<StateIndex> found;
  const auto add = [&](const OrderedJson& one, const std::string& place) {
    if (!one.is_string())
      refuse(place, "target 应为字符串或者字符串列表", "a target is a string or a list of strings");
    found.push_back(target(one.get<std::string>(), source, place));
  };
  if (!value.is_array()) {
    add(value, pointer);
    return found;
  }
  if (value.empty()) refuse(pointer, "target 列表不能为空", "the list of targets is empty");
  for (std::size_t i = 0; i < value.size(); ++i) add(value[i], pointer + "/" + std::to_string(i));
  check_together(found, pointer);
  return found;
}

StateIndex Compiler::target(const std::string& text, StateIndex source,
                            const std::string& pointer) const {
  if (text.starts_with('#')) {
    const std::string_view rest = std::string_view(text).substr(1);
    const auto whole = parts_.by_id.find(std::string(rest));
    if (whole != parts_.by_id.end()) return whole->second;
    const auto dot = rest.find('.');
    const auto start = parts_.by_id.find(std::string(rest.substr(0, dot)));
    if (dot == std::string_view::npos || start == parts_.by_id.end()) {
      refuse(pointer, "没有这个目标：" + text, "there is no target " + text);
    }
    return descend(start->second, rest.substr(dot + 1), text, pointer);
  }
  if (text.starts_with('.'))
    return descend(source, std::string_view(text).substr(1), text, pointer);
  const StateIndex parent = parts_.states[source].parent;
  if (parent == kNoState)
    refuse(pointer, "根状态没有兄弟状态：" + text, "the root has no siblings: " + text);
  return descend(parent, text, text, pointer);
}

StateIndex Compiler::child(StateIndex parent, std::string_view key) const {
  const auto& states = parts_.states;
  for (StateIndex at = parent + 1; at < states[parent].end; at = states[at].end) {
    if (states[at].key == key) return at;
  }
  return kNoState;
}

StateIndex Compiler::descend(StateIndex from, std::string_view path, const std::string& text,
                             const std::string& pointer) const {
  StateIndex at = from;
  for (;;) {
    const auto dot = path.find('.');
    at = child(at, path.substr(0, dot));
    if (at == kNoState) refuse(pointer, "没有这个目标：" + text, "there is no target " + text);
    if (dot == std::string_view::npos) return at;
    path = path.substr(dot + 1);
  }
}

StateIndex Compiler::common_ancestor(StateIndex a, StateIndex b) const {
  StateIndex at = parts_.states[a].parent;
  while (at != kNoState && !(b > at && b < parts_.states[at].end)) at = parts_.states[at].parent;
  return at;
}

void Compiler::check_together(const std::vector<StateIndex>& states,
                              const std::string& pointer) const {
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (std::size_t k = i + 1; k < states.size(); ++k) {
      const StateIndex above =
          states[i] == states[k] ? kNoState : common_ancestor(states[i], states[k]);
      const bool nested = above == states[i] || above == states[k] ||
                          (states[k] > states[i] && states[k] < parts_.states[states[i]].end) ||
                          (states[i] > states[k] && states[i] < parts_.states[states[k]].end);
      if (above == kNoState || nested || parts_.states[above].kind != StateKind::kParallel) {
        refuse(pointer, "这些目标不能同时处于活动状态", "these targets cannot be active together");
      }
    }
  }
}

}  // namespace mingjian::chart
