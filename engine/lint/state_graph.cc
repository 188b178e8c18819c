#include "engine/lint/state_graph.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/chart/interpreter.h"
#include "engine/chart/options.h"
#include "engine/lint/data_in_use.h"
#include "engine/lint/guesses.h"
#include "engine/lint/sent_data.h"

namespace mingjian::lint {
namespace {

using chart::Interpreter;
using chart::Snapshot;
using chart::TransitionIndex;

const Json& unknown_value() {
  static const Json kUnknown = guard::unknown();
  return kUnknown;
}

const chart::Facts& unknown_facts() {
  static const chart::Facts kFacts{&unknown_value(), &unknown_value()};
  return kFacts;
}

// Something from outside.
struct Cause {
  std::string event;
  std::vector<TransitionIndex> heard_by;  // for what a person sends
  std::optional<std::size_t> timer;       // in Snapshot::timers
};

class Explorer {
 public:
  Explorer(const Definition& definition, const std::vector<guard::Expression>& conditions,
           std::size_t most_nodes)
      : definition_(definition),
        chart_(definition.chart()),
        in_use_(data_in_use(chart_, conditions)),
        most_nodes_(most_nodes) {
    const Json& schema = definition.filing().form.schema();
    const auto fields = schema.find("properties");
    if (fields == schema.end()) return;
    for (const auto& [field, property] : fields->items()) {
      if (in_use_.contains(field)) amendable_.push_back(field);
    }
  }

  StateGraph run() {
    begin();
    for (NodeIndex at = 0; at < graph_.nodes.size(); ++at) {
      graph_.nodes[at].first_edge = static_cast<std::uint32_t>(graph_.edges.size());
      if (!graph_.nodes[at].snapshot.done && graph_.complete) leave(at);
      graph_.nodes[at].end_of_edges = static_cast<std::uint32_t>(graph_.edges.size());
    }
    return std::move(graph_);
  }

 private:
  void begin() {
    Snapshot empty;
    empty.configuration = chart::StateSet(chart_.states().size());
    empty.context = chart_.initial_context();
    forget(empty);
    Guesses guesses;
    do {
      Interpreter interpreter(chart_, empty, unknown_facts(), 0, guesses);
      interpreter.enter_root();
      take(kNowhere, {}, interpreter, empty, guesses);
    } while (guesses.next());
  }

  void leave(NodeIndex at) {
    for (const Cause& cause : causes(at)) {
      Guesses guesses;
      do {
        // A copy: taking what comes next may move the nodes.
        const Snapshot before = graph_.nodes[at].snapshot;
        Snapshot rest = before;
        if (cause.timer) rest.timers.erase(rest.timers.begin() + offset(*cause.timer));
        Interpreter interpreter(chart_, std::move(rest), unknown_facts(), 0, guesses);
        chart::Event event;  // which must outlive the macrostep
        const auto* after = cause.timer
                                ? std::get_if<chart::AfterTimer>(&before.timers[*cause.timer].what)
                                : nullptr;
        if (after != nullptr) {
          interpreter.take_timer(after->delay);
        } else {
          event = cause.timer
                      ? std::get<chart::DelayedEvent>(before.timers[*cause.timer].what).event
                      : chart::Event{cause.event, sent_data(definition_, cause.heard_by, guesses)};
          interpreter.take_event(event);
        }
        take(at, cause, interpreter, before, guesses);
      } while (guesses.next());
      if (guesses.gave_up()) graph_.complete = false;
    }
  }

  static std::ptrdiff_t offset(std::size_t index) { return static_cast<std::ptrdiff_t>(index); }

  std::vector<Cause> causes(NodeIndex at) const {
    const Snapshot& snapshot = graph_.nodes[at].snapshot;
    std::vector<Cause> all;
    const auto listeners = chart::candidates(chart_, snapshot);
    for (const TransitionIndex index : listeners) {
      const chart::Descriptor& descriptor = chart_.transition(index).event;
      add(all, descriptor.name.empty() ? "*" : descriptor.name);
    }
    for (Cause& cause : all) {
      for (const TransitionIndex index : listeners) {
        if (chart_.transition(index).event.matches(cause.event)) cause.heard_by.push_back(index);
      }
    }
    for (std::size_t i = 0; i < snapshot.timers.size(); ++i) {
      const auto& what = snapshot.timers[i].what;
      const auto* after = std::get_if<chart::AfterTimer>(&what);
      all.push_back({after != nullptr ? chart_.delays()[after->delay].key
                                      : std::get<chart::DelayedEvent>(what).event.type,
                     {},
                     i});
    }
    return all;
  }

  static void add(std::vector<Cause>& all, const std::string& event) {
    const bool there = std::any_of(all.begin(), all.end(),
                                   [&](const Cause& cause) { return cause.event == event; });
    if (!there) all.push_back({event, {}, std::nullopt});
  }

  void take(NodeIndex from, const Cause& cause, Interpreter& interpreter, const Snapshot& before,
            const Guesses& guesses) {
    interpreter.settle();
    chart::Macrostep step = interpreter.finish(before);
    if (step.fault) {
      const bool said = std::any_of(  // from nearer, or with other data
          graph_.endless.begin(), graph_.endless.end(), [&](const Endless& endless) {
            return endless.event == cause.event && endless.heard_by == cause.heard_by;
          });
      if (said) return;
      graph_.endless.push_back({from, cause.event, cause.heard_by, guesses.guessed()});
      return;
    }
    if (step.microsteps.empty()) return;  // nobody listened
    forget(step.after);
    Edge edge{from, 0, cause.event, {}, guesses.guessed()};
    for (chart::Microstep& each : step.microsteps) {
      const bool by_person = edge.moments.empty() && from != kNowhere && !cause.timer;
      edge.moments.push_back({std::move(each.transitions), std::move(each.entered), by_person});
    }
    const auto to = node(std::move(step.after));
    if (!to) return;
    edge.to = *to;
    (from == kNowhere ? graph_.starts : graph_.edges).push_back(std::move(edge));
  }

  // Keeps of the data only what a guard can depend on. What was filed can be amended at any time.
  void forget(Snapshot& snapshot) const {
    Json kept = Json::object();
    for (const auto& [field, value] : snapshot.context.items()) {
      if (in_use_.contains(field)) kept[field] = value;
    }
    for (const std::string& field : amendable_) kept[field] = unknown_value();
    snapshot.context = std::move(kept);
    for (chart::Timer& timer : snapshot.timers) timer.due_ms = 0;
  }

  std::optional<NodeIndex> node(Snapshot snapshot) {
    const auto [place, is_new] =
        known_.try_emplace(key(snapshot), static_cast<NodeIndex>(graph_.nodes.size()));
    if (!is_new) return place->second;
    if (graph_.nodes.size() >= most_nodes_) {
      known_.erase(place);
      graph_.complete = false;
      return std::nullopt;
    }
    graph_.nodes.push_back({std::move(snapshot), 0, 0});
    return place->second;
  }

  static std::string key(const Snapshot& snapshot) {
    std::string key;
    const auto add = [&key](std::uint32_t number) { key += std::to_string(number) + ' '; };
    for (const chart::StateIndex state : snapshot.configuration.members()) add(state);
    for (const chart::HistoryRecord& record : snapshot.history) {
      key += 'h';
      add(record.history);
      for (const chart::StateIndex state : record.states) add(state);
    }
    for (const chart::Timer& timer : snapshot.timers) {
      if (const auto* raised = std::get_if<chart::DelayedEvent>(&timer.what)) {
        key += "e" + raised->event.type + " " + raised->id + dump(raised->event.data);
      }
    }
    key += snapshot.done ? 'd' : 'r';
    return key + dump(snapshot.context);
  }

  // As `dump`, which is not told what to write for the unknown.
  static std::string dump(const Json& value) {
    if (guard::is_unknown(value)) return "?";
    if (!value.is_structured()) return value.dump();
    std::string text;
    for (const auto& [name, member] : value.items()) text += name + ":" + dump(member) + ",";
    return (value.is_array() ? "[" : "{") + text + "}";
  }

  const Definition& definition_;
  const chart::Chart& chart_;
  const DataInUse in_use_;
  const std::size_t most_nodes_;
  std::vector<std::string> amendable_;
  std::unordered_map<std::string, NodeIndex> known_;
  StateGraph graph_;
};

// What a condition sees at a node.
class NodeScope : public guard::Scope {
 public:
  explicit NodeScope(const Snapshot& snapshot) : snapshot_(snapshot) {}
  [[nodiscard]] const Json* member(std::string_view key) const override {
    return key == "context" ? &snapshot_.context : &unknown_value();
  }
  [[nodiscard]] Json whole() const override { return unknown_value(); }
  [[nodiscard]] bool in_state(std::uint32_t state) const override {
    return snapshot_.configuration.contains(state);
  }

 private:
  const Snapshot& snapshot_;
};

}  // namespace

StateGraph explore(const Definition& definition, const std::vector<guard::Expression>& conditions,
                   std::size_t most_nodes) {
  return Explorer(definition, conditions, most_nodes).run();
}

guard::Truth truth_at(const guard::Expression& condition, const Node& node) {
  return condition.truth(NodeScope(node.snapshot));
}

}  // namespace mingjian::lint
