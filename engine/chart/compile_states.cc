// The first pass of the compiler: the tree of states.
#include <algorithm>
#include <array>
#include <optional>

#include "engine/chart/draft.h"

namespace mingjian::chart {
namespace {

constexpr std::array<std::string_view, 16> kStateKeys = {
    "id",    "type",   "states", "initial", "entry",  "exit", "on",   "onDone",
    "always", "after", "history", "target", "output", "meta", "tags", "description"};
constexpr std::array<std::string_view, 2> kRootKeys = {"context", "version"};

// Keys that only some kinds of state may have.
constexpr std::array<std::string_view, 4> kTransitionKeys = {"on", "onDone", "always", "after"};

template <class Keys>
bool has(const Keys& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

bool is_history(const OrderedJson& state) {
  if (!state.is_object()) return false;
  const auto type = state.find("type");
  return type != state.end() && *type == "history";
}

// Whether an object has a key, with something in it.
bool says(const OrderedJson& source, std::string_view key) {
  const auto found = source.find(std::string(key));
  return found != source.end() && !found->empty();
}

class StateReader {
 public:
  explicit StateReader(Draft& draft) : draft_(draft) {}

  // Reads a state and all below it. `state` has key, parent, depth and pointer.
  Check read(State state, const OrderedJson& source) {
    const auto index = static_cast<StateIndex>(draft_.parts.states.size());
    const std::string path =
        index == 0 ? std::string() : draft_.paths[state.parent] + "." + state.key;
    state.id = path;
    if (!source.is_object()) {
      return refuse(state, state.pointer, "必须是一个对象", "must be an object");
    }
    if (auto done = read_id(state, source); !done) return done;
    draft_.paths.push_back(index == 0 ? state.id : path);
    draft_.by_path.emplace(draft_.paths.back(), index);
    draft_.sources.push_back(&source);
    state.done_event = "done.state." + state.id;
    if (!draft_.parts.by_id.emplace(state.id, index).second) {
      return refuse(state, state.pointer, "另有一个状态用了同一个 id", "another state has the same id");
    }
    if (auto done = check_keys(state, source); !done) return done;
    if (auto done = read_kind(state, source); !done) return done;
    if (auto done = check_kind(state, source); !done) return done;
    const bool history = state.kind == StateKind::kHistory;
    if (history) draft_.parts.states[state.parent].histories.push_back(index);
    draft_.parts.states.push_back(std::move(state));
    if (auto done = read_children(index, source); !done) return done;
    draft_.parts.states[index].end = static_cast<StateIndex>(draft_.parts.states.size());
    return {};
  }

 private:
  static Check read_id(State& state, const OrderedJson& source) {
    const auto id = source.find("id");
    if (id == source.end()) {
      if (state.parent != kNoState) return {};
      return fail(ErrorKind::kInvalidInput, {"流程定义必须有 id", "a definition needs an id"});
    }
    if (!id->is_string() || id->get_ref<const std::string&>().empty()) {
      return refuse(state, state.pointer + "/id", "id 必须是非空字符串",
                    "an id must be a string that is not empty");
    }
    state.id = id->get<std::string>();
    return {};
  }

  Check check_keys(const State& state, const OrderedJson& source) const {
    const bool root = state.parent == kNoState;
    const Vocabulary& extra = draft_.vocabulary;
    for (const auto& [key, value] : source.items()) {
      if (has(kStateKeys, key) || has(extra.states, key)) continue;
      if (root && (has(kRootKeys, key) || has(extra.root, key))) continue;
      return refuse(state, state.pointer + pointer_part(key), "不认识的键 “" + key + "”",
                    "unknown key \"" + key + "\"");
    }
    return {};
  }

  static Check read_kind(State& state, const OrderedJson& source) {
    bool has_children = false;
    const auto children = source.find("states");
    if (children != source.end()) {
      if (!children->is_object()) {
        return refuse(state, state.pointer + "/states", "states 必须是一个对象",
                      "states must be an object");
      }
      has_children = std::any_of(children->begin(), children->end(),
                                 [](const OrderedJson& child) { return !is_history(child); });
    }
    const auto type = source.find("type");
    if (type == source.end()) {
      state.kind = has_children ? StateKind::kCompound : StateKind::kAtomic;
    } else if (*type == "atomic") {
      state.kind = StateKind::kAtomic;
    } else if (*type == "compound") {
      state.kind = StateKind::kCompound;
    } else if (*type == "parallel") {
      state.kind = StateKind::kParallel;
    } else if (*type == "final") {
      state.kind = StateKind::kFinal;
    } else if (*type == "history") {
      state.kind = StateKind::kHistory;
    } else {
      return refuse(state, state.pointer + "/type",
                    "type 必须是 atomic、compound、parallel、final 或 history",
                    "type must be atomic, compound, parallel, final or history");
    }
    return check_children(state, has_children);
  }

  static Check check_children(const State& state, bool has_children) {
    if (state.kind == StateKind::kCompound && !has_children) {
      return refuse(state, state.pointer, "复合状态没有子状态", "a compound state needs child states");
    }
    if (state.kind == StateKind::kParallel && !has_children) {
      return refuse(state, state.pointer, "并行状态没有分区", "a parallel state needs regions");
    }
    if (state.kind == StateKind::kAtomic && has_children) {
      return refuse(state, state.pointer + "/states", "原子状态不能有子状态",
                    "an atomic state has no child states");
    }
    return {};
  }

  Check check_kind(State& state, const OrderedJson& source) const {
    if (state.parent == kNoState &&
        (state.kind == StateKind::kHistory || state.kind == StateKind::kFinal)) {
      return refuse(state, state.pointer + "/type", "根不能是终止状态或历史状态",
                    "the root is neither final nor a history state");
    }
    if (state.kind == StateKind::kFinal && state.parent != kNoState &&
        draft_.parts.states[state.parent].kind == StateKind::kParallel) {
      return refuse(state, state.pointer + "/type", "终止状态不能作为并行状态的分区",
                    "a final state cannot be a region of a parallel state");
    }
    if (auto done = check_exclusive_keys(state, source); !done) return done;
    if (state.kind == StateKind::kHistory) return read_history_kind(state, source);
    return {};
  }

  // Keys that the kind of the state does not allow, or needs.
  static Check check_exclusive_keys(const State& state, const OrderedJson& source) {
    const StateKind kind = state.kind;
    const auto misplaced = [&](std::string_view key) {
      return refuse(state, state.pointer + pointer_part(key),
                    "这种状态不能有 " + std::string(key),
                    "a state of this type cannot have " + std::string(key));
    };
    for (const std::string_view key : kTransitionKeys) {
      if ((kind == StateKind::kFinal || kind == StateKind::kHistory) && says(source, key)) {
        return misplaced(key);
      }
    }
    if ((kind == StateKind::kFinal || kind == StateKind::kHistory) && says(source, "states")) {
      return misplaced("states");
    }
    if (kind == StateKind::kHistory) {
      for (const std::string_view key : {"entry", "exit"}) {
        if (source.contains(key)) return misplaced(key);
      }
    } else {
      for (const std::string_view key : {"history", "target"}) {
        if (source.contains(key)) return misplaced(key);
      }
    }
    if (kind != StateKind::kFinal && source.contains("output")) return misplaced("output");
    if (kind != StateKind::kCompound && source.contains("initial")) return misplaced("initial");
    if (kind == StateKind::kCompound && !source.contains("initial")) {
      return refuse(state, state.pointer, "复合状态必须写明 initial", "a compound state needs initial");
    }
    return {};
  }

  static Check read_history_kind(State& state, const OrderedJson& source) {
    const auto kind = source.find("history");
    if (kind == source.end() || *kind == "shallow") return {};
    if (*kind != "deep") {
      return refuse(state, state.pointer + "/history", "history 必须是 shallow 或 deep",
                    "history must be shallow or deep");
    }
    state.history = HistoryKind::kDeep;
    return {};
  }

  Check read_children(StateIndex index, const OrderedJson& source) {
    const auto children = source.find("states");
    if (children == source.end()) return {};
    const std::string pointer = draft_.parts.states[index].pointer + "/states";
    const std::uint32_t depth = draft_.parts.states[index].depth + 1;
    for (const auto& [key, child] : children->items()) {
      if (key.empty() || key.find('.') != std::string::npos) {
        return refuse(draft_.parts.states[index], pointer + pointer_part(key),
                      "子状态的键 “" + key + "” 不能为空，也不能含有点",
                      "the key \"" + key + "\" of a child state must not be empty or have a dot");
      }
      State state;
      state.key = key;
      state.parent = index;
      state.depth = depth;
      state.pointer = pointer + pointer_part(key);
      if (auto done = read(std::move(state), child); !done) return done;
    }
    return {};
  }

  Draft& draft_;
};

}  // namespace

Check read_states(Draft& draft, const OrderedJson& definition) {
  if (!definition.is_object()) {
    return fail(ErrorKind::kInvalidInput, {"流程定义必须是一个对象", "a definition must be an object"});
  }
  auto context = Json::object();
  if (const auto found = definition.find("context"); found != definition.end()) {
    if (!found->is_object()) {
      return fail(ErrorKind::kInvalidInput, {"context 必须是一个对象", "context must be an object"},
                  "/context");
    }
    context = Json(*found);
  }
  draft.parts.context = std::make_shared<const Json>(std::move(context));
  return StateReader(draft).read(State{}, definition);
}

}  // namespace mingjian::chart
