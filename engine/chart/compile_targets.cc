// Names of states in targets, and what may stand together.
#include "engine/chart/draft.h"

namespace mingjian::chart {
namespace {

// The state at a path of keys below `base`, or kNoState.
StateIndex below(const Draft& draft, StateIndex base, std::string_view keys) {
  const auto found = draft.by_path.find(draft.paths[base] + "." + std::string(keys));
  return found == draft.by_path.end() ? kNoState : found->second;
}

// "#id", or "#id.keys" with the id up to the first dot; `name` is without the "#".
StateIndex by_id(const Draft& draft, const std::string& name) {
  const auto& ids = draft.parts.by_id;
  if (const auto found = ids.find(name); found != ids.end()) return found->second;
  const auto dot = name.find('.');
  if (dot == std::string::npos) return kNoState;
  const auto head = ids.find(name.substr(0, dot));
  return head == ids.end() ? kNoState : below(draft, head->second, name.substr(dot + 1));
}

StateIndex find_target(const Draft& draft, StateIndex source, const std::string& name) {
  if (name.starts_with('#')) return by_id(draft, name.substr(1));
  if (name.starts_with('.')) return below(draft, source, name.substr(1));
  const StateIndex parent = draft.parts.states[source].parent;
  return parent == kNoState ? kNoState : below(draft, parent, name);
}

// `initial`: a child's key, or "#id" of a descendant.
StateIndex find_initial(const Draft& draft, StateIndex state, const std::string& name) {
  if (name.starts_with('#')) return by_id(draft, name.substr(1));
  if (name.find('.') != std::string::npos) return kNoState;
  return below(draft, state, name);
}

// A list of names or a single one, each found by `find`.
template <class Find>
Result<std::vector<StateIndex>> each_target(const Draft& draft, StateIndex owner,
                                            const OrderedJson& value, const std::string& pointer,
                                            Find find) {
  const State& state = draft.parts.states[owner];
  const bool list = value.is_array();
  if (list ? value.empty() : !value.is_string()) {
    return refuse(state, pointer, "目标必须是字符串或非空的字符串列表",
                  "a target is a string or a list of strings");
  }
  std::vector<StateIndex> targets;
  for (std::size_t i = 0; i < (list ? value.size() : 1); ++i) {
    const OrderedJson& item = list ? value[i] : value;
    const std::string place = list ? pointer + "/" + std::to_string(i) : pointer;
    if (!item.is_string()) {
      return refuse(state, place, "目标必须是字符串", "a target is a string");
    }
    const auto& name = item.get_ref<const std::string&>();
    const StateIndex found = find(name);
    if (found == kNoState) {
      return refuse(state, place, "目标 “" + name + "” 不存在", "there is no state \"" + name + "\"");
    }
    targets.push_back(found);
  }
  if (auto together = check_together(draft, owner, targets, pointer); !together) {
    return tl::unexpected(std::move(together).error());
  }
  return targets;
}

Check check_all_inside(const Draft& draft, StateIndex parent, StateIndex owner,
                       const std::vector<StateIndex>& targets, const std::string& pointer) {
  for (const StateIndex target : targets) {
    if (draft.is_inside(target, parent)) continue;
    const std::string& id = draft.parts.states[target].id;
    const std::string& around = draft.parts.states[parent].id;
    return refuse(draft.parts.states[owner], pointer, "目标 " + id + " 不在 " + around + " 之内",
                  "the target " + id + " is not inside " + around);
  }
  return {};
}

Check resolve_initial(Draft& draft, StateIndex s) {
  const OrderedJson* value = &draft.sources[s]->at("initial");
  std::string pointer = draft.parts.states[s].pointer + "/initial";
  if (value->is_object()) {
    for (const auto& [key, ignored] : value->items()) {
      if (key == "target" || key == "actions") continue;
      return refuse(draft.parts.states[s], pointer + pointer_part(key),
                    "initial 中有不认识的键 “" + key + "”", "unknown key \"" + key + "\" in initial");
    }
    if (const auto actions = value->find("actions"); actions != value->end()) {
      auto block = compile_block(draft, s, *actions, pointer + "/actions");
      if (!block) return tl::unexpected(std::move(block).error());
      draft.parts.states[s].initial_actions = std::move(*block);
    }
    if (!value->contains("target")) {
      return refuse(draft.parts.states[s], pointer, "initial 缺少 target", "initial needs a target");
    }
    value = &value->at("target");
    pointer += "/target";
  }
  auto targets = each_target(draft, s, *value, pointer, [&](const std::string& name) {
    return find_initial(draft, s, name);
  });
  if (!targets) return tl::unexpected(std::move(targets).error());
  draft.parts.states[s].targets = std::move(*targets);
  return check_all_inside(draft, s, s, draft.parts.states[s].targets, pointer);
}

Check resolve_history(Draft& draft, StateIndex s) {
  const auto found = draft.sources[s]->find("target");
  if (found == draft.sources[s]->end()) return {};
  const std::string pointer = draft.parts.states[s].pointer + "/target";
  auto targets = resolve_targets(draft, s, *found, pointer);
  if (!targets) return tl::unexpected(std::move(targets).error());
  State& state = draft.parts.states[s];
  state.targets = std::move(*targets);
  return check_all_inside(draft, state.parent, s, state.targets, pointer);
}

// Refuses history states whose defaults lead back to themselves: they stand for nothing.
class DefaultCycles {
 public:
  explicit DefaultCycles(const Draft& draft) : draft_(draft), marks_(draft.parts.states.size()) {}

  Check check() {
    for (StateIndex s = 0; s < marks_.size(); ++s) {
      if (draft_.parts.states[s].kind != StateKind::kHistory) continue;
      if (leads_back(s)) {
        const State& state = draft_.parts.states[s];
        return refuse(state, state.pointer, "历史状态的默认目标绕回自身",
                      "the default target of the history state leads back to itself");
      }
    }
    return {};
  }

 private:
  enum class Mark : std::uint8_t { kNew, kOpen, kGood };

  bool leads_back(StateIndex history) {
    if (marks_[history] == Mark::kGood) return false;
    if (marks_[history] == Mark::kOpen) return true;
    marks_[history] = Mark::kOpen;
    const State& state = draft_.parts.states[history];
    const auto& next = state.targets.empty() ? draft_.parts.states[state.parent].targets
                                             : state.targets;
    for (const StateIndex target : next) {
      if (draft_.parts.states[target].kind == StateKind::kHistory && leads_back(target)) return true;
    }
    marks_[history] = Mark::kGood;
    return false;
  }

  const Draft& draft_;
  std::vector<Mark> marks_;
};

}  // namespace

Result<std::vector<StateIndex>> resolve_targets(const Draft& draft, StateIndex source,
                                                const OrderedJson& value,
                                                const std::string& pointer) {
  return each_target(draft, source, value, pointer, [&](const std::string& name) {
    return find_target(draft, source, name);
  });
}

Check check_together(const Draft& draft, StateIndex owner, const std::vector<StateIndex>& targets,
                     const std::string& pointer) {
  const auto& states = draft.parts.states;
  // A history state may bring back anything inside its parent, so it takes the parent's place.
  const auto place = [&](StateIndex s) {
    return states[s].kind == StateKind::kHistory ? states[s].parent : s;
  };
  for (std::size_t i = 0; i < targets.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const StateIndex a = place(targets[i]);
      const StateIndex b = place(targets[j]);
      StateIndex around = a;
      while (around != kNoState && around != b && !draft.is_inside(b, around)) {
        around = states[around].parent;
      }
      const bool apart = around != a && around != b && around != kNoState;
      if (apart && states[around].kind == StateKind::kParallel) continue;
      const std::string& first = states[targets[j]].id;
      const std::string& second = states[targets[i]].id;
      return refuse(states[owner], pointer, "目标 " + first + " 与 " + second + " 不能同时处于活动状态",
                    "the targets " + first + " and " + second + " cannot be active together");
    }
  }
  return {};
}

Check resolve_defaults(Draft& draft) {
  for (StateIndex s = 0; s < draft.parts.states.size(); ++s) {
    const StateKind kind = draft.parts.states[s].kind;
    if (kind == StateKind::kCompound) {
      if (auto done = resolve_initial(draft, s); !done) return done;
    } else if (kind == StateKind::kHistory) {
      if (auto done = resolve_history(draft, s); !done) return done;
    }
  }
  return DefaultCycles(draft).check();
}

}  // namespace mingjian::chart
