#include <algorithm>
#include <array>
#include <string_view>

#include "engine/chart/compiler.h"

namespace mingjian::chart {
namespace {

constexpr std::array<std::string_view, 17> kStateKeys = {
    "id",    "type",    "states", "initial", "entry", "exit", "on",          "onDone", "always",
    "after", "history", "target", "output",  "meta",  "tags", "description", "$schema"};

bool lists(const std::vector<std::string_view>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool has_real_child(const OrderedJson& json) {
  const auto states = json.find("states");
  if (states == json.end() || !states->is_object()) return false;
  return std::any_of(states->begin(), states->end(), [](const OrderedJson& child) {
    return !child.is_object() || child.value("type", OrderedJson("atomic")) != "history";
  });
}

std::string name_of(const State& state) { return "“" + state.id + "”"; }

}  // namespace

void Compiler::check_keys(const OrderedJson& json, const std::string& pointer, bool is_root) const {
  for (const auto& [key, value] : json.items()) {
    const bool ours = std::find(kStateKeys.begin(), kStateKeys.end(), key) != kStateKeys.end() &&
                      key != "$schema";
    const bool roots = is_root && (key == "context" || key == "version" || key == "$schema" ||
                                   lists(extra_.root, key));
    if (ours || roots || lists(extra_.states, key)) continue;
    refuse(pointer + pointer_part(key), "状态中没有这个键：" + key,
           "a state has no such key: " + key);
  }
}

StateKind Compiler::kind_of(const OrderedJson& json, const std::string& pointer) const {
  const auto type = json.find("type");
  if (type == json.end()) return has_real_child(json) ? StateKind::kCompound : StateKind::kAtomic;
  if (*type == "atomic") return StateKind::kAtomic;
  if (*type == "compound") return StateKind::kCompound;
  if (*type == "parallel") return StateKind::kParallel;
  if (*type == "final") return StateKind::kFinal;
  if (*type == "history") return StateKind::kHistory;
  refuse(pointer + "/type", "没有这种状态类型", "no such type of state");
}

void Compiler::check_shape(const OrderedJson& json, const State& state, bool is_root) const {
  const auto no = [&](const char* key, const std::string& zh, const std::string& en) {
    if (json.contains(key))
      refuse(state.pointer + "/" + key, name_of(state) + zh, name_of(state) + en);
  };
  const StateKind kind = state.kind;
  if (is_root && (kind == StateKind::kHistory || kind == StateKind::kFinal)) {
    refuse("/type", "根状态不能是 history 或 final", "the root cannot be a history or final state");
  }
  if (kind == StateKind::kHistory || kind == StateKind::kFinal) {
    for (const char* key : {"on", "onDone", "always", "after", "states", "initial"}) {
      no(key, "是 final 或 history，不能有 " + std::string(key),
         " is final or history and cannot have " + std::string(key));
    }
  }
  if (kind == StateKind::kHistory) {
    for (const char* key : {"entry", "exit", "output"}) {
      no(key, "是 history，不能有 " + std::string(key),
         " is a history state and cannot have " + std::string(key));
    }
  } else {
    no("history", "不是 history", " is not a history state");
    no("target", "不是 history，不能有 target", " is not a history state and has no target");
  }
  if (kind != StateKind::kFinal)
    no("output", "不是 final，不能有 output", " is not final and has no output");
  if (kind != StateKind::kCompound)
    no("initial", "不是复合状态，不能有 initial", " is not compound and has no initial");
  if (kind == StateKind::kCompound && !json.contains("initial")) {
    refuse(state.pointer, "复合状态" + name_of(state) + "需要 initial",
           "the compound state " + name_of(state) + " needs initial");
  }
  if ((kind == StateKind::kCompound || kind == StateKind::kParallel) && !has_real_child(json)) {
    refuse(state.pointer, name_of(state) + "需要子状态", name_of(state) + " needs child states");
  }
  if (kind == StateKind::kAtomic && has_real_child(json)) {
    refuse(state.pointer, "原子状态" + name_of(state) + "不能有子状态",
           "the atomic state " + name_of(state) + " has no child states");
  }
}

StateIndex Compiler::add_state(const OrderedJson& json, const std::string& key,
                               const std::string& pointer, StateIndex parent, std::uint32_t depth,
                               const std::string& path) {
  if (!json.is_object()) refuse(pointer, "状态应为对象", "a state is an object");
  check_keys(json, pointer, parent == kNoState);
  const auto index = static_cast<StateIndex>(parts_.states.size());
  State state;
  state.key = key;
  state.pointer = pointer;
  state.parent = parent;
  state.depth = depth;
  state.kind = kind_of(json, pointer);
  state.id = path;
  if (json.contains("id")) {
    if (!json["id"].is_string() || json["id"].get<std::string>().empty()) {
      refuse(pointer + "/id", "id 应为非空字符串", "an id is a string that is not empty");
    }
    state.id = json["id"].get<std::string>();
  }
  state.done_event = "done.state." + state.id;
  check_shape(json, state, parent == kNoState);
  if (!parts_.by_id.emplace(state.id, index).second) {
    refuse(pointer, "id 重复：" + state.id, "two states have the id " + state.id);
  }
  parts_.states.push_back(std::move(state));
  sources_.push_back(&json);
  const auto states = json.find("states");
  if (states != json.end()) {
    if (!states->is_object())
      refuse(pointer + "/states", "states 应为对象", "states must be an object");
    for (const auto& [name, child_json] : states->items()) {
      const std::string place = pointer + "/states" + pointer_part(name);
      if (name.empty() || name.find('.') != std::string::npos || name.front() == '#') {
        refuse(place, "状态的键不能为空，不能含“.”，不能以“#”开头",
               "the key of a state is not empty, has no dot and no # in front");
      }
      add_state(child_json, name, place, index, depth + 1, path + "." + name);
    }
  }
  parts_.states[index].end = static_cast<StateIndex>(parts_.states.size());
  if (parts_.states[index].kind == StateKind::kParallel) check_regions(index);
  return index;
}

void Compiler::check_regions(StateIndex parallel) const {
  for (StateIndex region = parallel + 1; region < parts_.states[parallel].end;
       region = parts_.states[region].end) {
    if (parts_.states[region].kind != StateKind::kFinal) continue;
    refuse(parts_.states[region].pointer, "并行状态的区域不能是 final",
           "a region of a parallel state cannot be final");
  }
}

}  // namespace mingjian::chart
