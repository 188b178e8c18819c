#include "engine/render/xstate.h"

#include <array>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace mingjian::render {
namespace {

using chart::StateIndex;
using chart::StateKind;

// Keys that XState knows and that stand in its config as they are.
constexpr std::array kStateKeys = {"output", "tags", "description"};
// Keys of ours, for `meta`.
constexpr std::array kStateNotes = {"title", "stage",         "rules",    "time_limit",
                                    "form",  "no_time_limit", "documents"};
constexpr std::array kTransitionNotes = {"title",       "by",        "form",        "materials",
                                         "rules",       "approval",  "not_same_as", "guard",
                                         "guard_title", "documents", "spawns"};

// A key of a path in XState: "." separates keys there.
std::string escaped(const std::string& key) {
  std::string text;
  for (const char c : key) {
    if (c == '.' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

template <class Keys>
void copy_members(const OrderedJson& from, const Keys& keys, OrderedJson& to) {
  if (!from.is_object()) return;
  for (const char* const key : keys) {
    const auto found = from.find(key);
    if (found != from.end()) to[key] = *found;
  }
}

// {"assign": {...}} becomes {"type": "assign", "params": {...}}.
OrderedJson action(const OrderedJson& source) {
  if (source.contains("type")) return source;
  const auto only = source.begin();
  return {{"type", only.key()}, {"params", only.value()}};
}

OrderedJson actions(const OrderedJson& source) {
  OrderedJson list = OrderedJson::array();
  if (!source.is_array()) return OrderedJson::array({action(source)});
  for (const OrderedJson& each : source) list.push_back(action(each));
  return list;
}

void copy_actions(const OrderedJson& from, const char* key, OrderedJson& to) {
  if (from.is_object() && from.contains(key)) to[key] = actions(from[key]);
}

class Writer {
 public:
  explicit Writer(const Subject& subject) : subject_(subject), chart_(subject.chart()) {}

  OrderedJson write() const {
    OrderedJson config = {{"id", chart_.id()}};
    if (subject_.definition() != nullptr)
      config["version"] = std::to_string(subject_.definition()->version());
    config["context"] = chart_.initial_context();
    config.update(state(0));
    return config;
  }

 private:
  // An id that leads down from the root by keys: right whatever ids the states have.
  std::string target(StateIndex state) const {
    std::string path;
    for (; state != 0; state = chart_.state(state).parent) {
      path.insert(0, "." + escaped(chart_.state(state).key));
    }
    return "#" + escaped(chart_.id()) + path;
  }

  // XState begins with one child: the one that holds the first target.
  std::string initial(StateIndex holder) const {
    StateIndex child = chart_.state(holder).targets.front();
    while (chart_.state(child).parent != holder) child = chart_.state(child).parent;
    return chart_.state(child).key;
  }

  OrderedJson targets(const std::vector<StateIndex>& states) const {
    if (states.size() == 1) return target(states.front());
    OrderedJson list = OrderedJson::array();
    for (const StateIndex each : states) list.push_back(target(each));
    return list;
  }

  OrderedJson transition(chart::TransitionIndex index) const {
    const chart::Transition& entry = chart_.transition(index);
    const OrderedJson& source = subject_.source(entry.pointer);
    OrderedJson config = OrderedJson::object();
    if (!entry.targets.empty()) config["target"] = targets(entry.targets);
    if (entry.guard) config["guard"] = "guard:" + entry.pointer;
    if (entry.reenter) config["reenter"] = true;
    copy_actions(source, "actions", config);
    OrderedJson meta = OrderedJson::object();
    copy_members(source, kTransitionNotes, meta);
    if (!meta.empty()) config["meta"] = std::move(meta);
    return config;
  }

  OrderedJson& place(OrderedJson& config, chart::TransitionIndex index) const {
    switch (chart_.transition(index).trigger) {
      case chart::Trigger::kEvent:
        return config["on"][trigger(chart_, index)];
      case chart::Trigger::kDone:
        return config["onDone"];
      case chart::Trigger::kAlways:
        return config["always"];
      case chart::Trigger::kAfter:
        break;
    }
    const chart::Delay& delay = chart_.delays()[chart_.transition(index).delay];
    return config["after"][std::to_string(delay.milliseconds)];
  }

  void add_type(const chart::State& entry, OrderedJson& config) const {
    switch (entry.kind) {
      case StateKind::kParallel:
        config["type"] = "parallel";
        break;
      case StateKind::kFinal:
        config["type"] = "final";
        break;
      case StateKind::kHistory:
        config["type"] = "history";
        config["history"] = entry.history == chart::HistoryKind::kDeep ? "deep" : "shallow";
        if (!entry.targets.empty()) config["target"] = targets(entry.targets);
        break;
      case StateKind::kCompound:
      case StateKind::kAtomic:
        break;
    }
  }

  OrderedJson state(StateIndex index) const {
    const chart::State& entry = chart_.state(index);
    const OrderedJson& source = subject_.source(entry.pointer);
    OrderedJson config = OrderedJson::object();
    if (index != 0 && source.is_object() && source.contains("id")) config["id"] = entry.id;
    add_type(entry, config);
    if (entry.kind == StateKind::kCompound) config["initial"] = initial(index);
    copy_actions(source, "entry", config);
    copy_actions(source, "exit", config);
    copy_members(source, kStateKeys, config);
    for (const auto each : outgoing(chart_, index)) {
      OrderedJson& list = place(config, each);
      list.push_back(transition(each));
    }
    OrderedJson meta = OrderedJson::object();
    copy_members(source, kStateNotes, meta);
    if (entry.kind == StateKind::kCompound && source["initial"] != config["initial"])
      meta["initial"] = source["initial"];
    if (!meta.empty()) config["meta"] = std::move(meta);
    for (const StateIndex child : children(chart_, index)) {
      config["states"][chart_.state(child).key] = state(child);
    }
    return config;
  }

  const Subject& subject_;
  const chart::Chart& chart_;
};

}  // namespace

OrderedJson xstate(const Subject& subject) { return Writer(subject).write(); }

}  // namespace mingjian::render
