#include "engine/chart/snapshot.h"

#include <algorithm>
#include <utility>

#include "engine/chart/legal.h"

namespace mingjian::chart {
namespace {

Json timer_json(const Chart& chart, const Timer& timer) {
  if (const auto* after = std::get_if<AfterTimer>(&timer.what)) {
    const Delay& delay = chart.delays()[after->delay];
    return {{"due_ms", timer.due_ms}, {"state", chart.state(delay.state).id}, {"delay", delay.key}};
  }
  const auto& delayed = std::get<DelayedEvent>(timer.what);
  return {{"due_ms", timer.due_ms},
          {"event", delayed.event.type},
          {"data", delayed.event.data},
          {"id", delayed.id}};
}

tl::unexpected<Error> wrong(const std::string& pointer) {
  return fail(ErrorKind::kInvalidInput,
              {"状态图的记录与流程定义不符", "the statechart's memory does not fit its definition"},
              pointer);
}

// Reads the members one after another; the first that does not fit ends it.
class Reader {
 public:
  Reader(const Chart& chart, const Json& json) : chart_(chart), json_(json) {}

  Result<Snapshot> read() {
    if (!json_.is_object() || !json_.contains("configuration") || !json_.contains("context"))
      return wrong("");
    snapshot_.context = json_["context"];
    snapshot_.done = json_.value("done", false);
    if (!read_configuration()) return wrong("/configuration");
    if (!read_history()) return wrong("/history");
    if (!read_timers()) return wrong("/timers");
    return std::move(snapshot_);
  }

 private:
  std::optional<StateIndex> state(const Json& id) const {
    return id.is_string() ? chart_.find(id.get<std::string>()) : std::nullopt;
  }

  bool read_configuration() {
    snapshot_.configuration = StateSet(chart_.states().size());
    if (!json_["configuration"].is_array() || !snapshot_.context.is_object()) return false;
    for (const Json& id : json_["configuration"]) {
      const auto leaf = state(id);
      if (!leaf || !chart_.is_leaf(*leaf)) return false;
      for (StateIndex at = *leaf; at != kNoState; at = chart_.state(at).parent)
        snapshot_.configuration.insert(at);
    }
    return is_legal(chart_, snapshot_.configuration);
  }

  bool read_history() {
    const Json records = json_.value("history", Json::object());
    for (const auto& [id, states] : records.items()) {
      const auto history = chart_.find(id);
      if (!history || chart_.state(*history).kind != StateKind::kHistory || !states.is_array())
        return false;
      HistoryRecord record{*history, {}};
      const StateIndex parent = chart_.state(*history).parent;
      for (const Json& each : states) {
        const auto found = state(each);
        if (!found || !chart_.is_inside(*found, parent)) return false;
        record.states.push_back(*found);
      }
      snapshot_.history.push_back(std::move(record));
    }
    return true;
  }

  bool read_timers() {
    for (const Json& each : json_.value("timers", Json::array())) {
      if (!each.is_object() || !each.contains("due_ms")) return false;
      Timer timer{each["due_ms"].get<std::int64_t>(), AfterTimer{}};
      if (each.contains("event")) {
        timer.what = DelayedEvent{{each["event"].get<std::string>(), each.value("data", Json())},
                                  each.value("id", "")};
      } else {
        const auto owner = state(each.value("state", Json()));
        if (!owner) return false;
        const auto& delays = chart_.delays();
        const auto found = std::find_if(delays.begin(), delays.end(), [&](const Delay& delay) {
          return delay.state == *owner && delay.key == each.value("delay", "");
        });
        if (found == delays.end()) return false;
        timer.what = AfterTimer{static_cast<std::uint32_t>(found - delays.begin())};
      }
      snapshot_.timers.push_back(std::move(timer));
    }
    return true;
  }

  const Chart& chart_;
  const Json& json_;
  Snapshot snapshot_;
};

// Whether exactly one child of a compound state is active. Costs with what is active, not with the
// number of children: the first active state inside is a child, and nothing is active after it.
bool has_one_child(const Chart& chart, const StateSet& configuration, StateIndex compound) {
  const StateIndex end = chart.state(compound).end;
  const StateIndex child = configuration.next(compound + 1, end);
  return child != kNoState && chart.state(child).parent == compound &&
         !configuration.any_in(chart.state(child).end, end);
}

bool has_all_regions(const Chart& chart, const StateSet& configuration, StateIndex parallel) {
  const StateIndex end = chart.state(parallel).end;
  for (StateIndex region = parallel + 1; region < end; region = chart.state(region).end) {
    if (chart.state(region).kind != StateKind::kHistory && !configuration.contains(region))
      return false;
  }
  return true;
}

}  // namespace

bool is_legal(const Chart& chart, const StateSet& configuration) {
  if (!configuration.contains(0)) return false;
  const auto count = static_cast<StateIndex>(chart.states().size());
  for (StateIndex s = 0; s != kNoState; s = configuration.next(s + 1, count)) {
    const State& state = chart.state(s);
    if (state.kind == StateKind::kHistory) return false;
    if (state.parent != kNoState && !configuration.contains(state.parent)) return false;
    if (state.kind == StateKind::kCompound && !has_one_child(chart, configuration, s)) return false;
    if (state.kind == StateKind::kParallel && !has_all_regions(chart, configuration, s))
      return false;
  }
  return true;
}

std::vector<std::string> active_leaf_ids(const Chart& chart, const Snapshot& snapshot) {
  std::vector<std::string> ids;
  for (const StateIndex s : snapshot.configuration.members()) {
    if (chart.is_leaf(s)) ids.push_back(chart.state(s).id);
  }
  return ids;
}

Json to_json(const Chart& chart, const Snapshot& snapshot) {
  Json history = Json::object();
  for (const HistoryRecord& record : snapshot.history) {
    Json states = Json::array();
    for (const StateIndex s : record.states) states.push_back(chart.state(s).id);
    history[chart.state(record.history).id] = std::move(states);
  }
  Json timers = Json::array();
  for (const Timer& timer : snapshot.timers) timers.push_back(timer_json(chart, timer));
  return {{"configuration", active_leaf_ids(chart, snapshot)},
          {"context", snapshot.context},
          {"done", snapshot.done},
          {"history", std::move(history)},
          {"timers", std::move(timers)}};
}

Result<Snapshot> snapshot_from_json(const Chart& chart, const Json& json) {
  try {
    return Reader(chart, json).read();
  } catch (const Json::exception&) {  // a member of the wrong type
    return wrong("");
  }
}

}  // namespace mingjian::chart
