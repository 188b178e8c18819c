#include "api/cli/route.h"

#include <algorithm>
#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/chart/macrostep.h"
#include "engine/chart/options.h"

namespace mingjian::cli {
namespace {

using Stages = std::vector<std::string>;

// A depth-first search that never tries the same standing twice.
class Search {
 public:
  Search(const Definition& definition, const Stages& path, const FillForm& fill_form)
      : definition_(definition), path_(path), fill_form_(fill_form) {}

  bool begin(const Json& data) {
    const chart::Macrostep started = chart::start(chart(), facts(), 0, &data);
    const auto standing = after(started, {});
    return standing && go_on(*standing);
  }

  [[nodiscard]] std::vector<RouteStep> take_steps() { return std::move(steps_); }
  // How many stages were reached on the way that led farthest.
  [[nodiscard]] std::size_t farthest() const { return farthest_; }

 private:
  struct Standing {
    chart::Snapshot snapshot;
    std::size_t reached = 0;
    Stages ahead;  // entered already, though their turn on the path comes later
  };

  [[nodiscard]] const chart::Chart& chart() const { return definition_.chart(); }
  [[nodiscard]] chart::Facts facts() const { return {&case_facts_, &actor_facts_}; }

  // Where a macrostep leads; nothing where it enters a stage that is not on the path.
  std::optional<Standing> after(const chart::Macrostep& macrostep, Standing before) const {
    if (macrostep.fault || macrostep.microsteps.empty()) return std::nullopt;
    Standing next{macrostep.after, before.reached, std::move(before.ahead)};
    for (const chart::Microstep& step : macrostep.microsteps) {
      for (const chart::StateIndex state : step.entered) {
        const std::string& stage = definition_.notes(state).stage;
        if (!stage.empty()) next.ahead.push_back(stage);
      }
    }
    if (macrostep.after.done) next.ahead.push_back(kClosed);
    while (next.reached < path_.size()) {
      const auto turn = std::find(next.ahead.begin(), next.ahead.end(), path_[next.reached]);
      if (turn == next.ahead.end()) break;
      next.ahead.erase(turn);
      ++next.reached;
    }
    const auto rest = path_.begin() + static_cast<std::ptrdiff_t>(next.reached);
    // No more often than the path goes there, so that going round and round ends.
    const bool on_path = std::all_of(next.ahead.begin(), next.ahead.end(), [&](const auto& stage) {
      return std::count(next.ahead.begin(), next.ahead.end(), stage) <=
             std::count(rest, path_.end(), stage);
    });
    return on_path ? std::optional(std::move(next)) : std::nullopt;
  }

  bool go_on(const Standing& standing) {
    farthest_ = std::max(farthest_, standing.reached);
    if (standing.reached == path_.size()) return true;
    if (!tried_.insert(name_of(standing)).second) return false;
    auto ways = ways_from(standing);
    // Work inside a stage only where it has to be done before one can go on.
    std::stable_partition(ways.begin(), ways.end(),
                          [&](const auto& way) { return way.second.reached > standing.reached; });
    for (auto& [step, next] : ways) {
      steps_.push_back(std::move(step));
      if (go_on(next)) return true;
      steps_.pop_back();
    }
    return false;
  }

  std::vector<std::pair<RouteStep, Standing>> ways_from(const Standing& standing) const {
    std::vector<std::pair<RouteStep, Standing>> ways;
    std::set<std::string> seen;
    for (const chart::TransitionIndex index : chart::candidates(chart(), standing.snapshot)) {
      const chart::Transition& transition = chart().transition(index);
      if (transition.event.kind != chart::Descriptor::Kind::kExact) continue;
      const auto& form = definition_.transition_notes(index).form;
      const Json data = form ? fill_form_(form->schema()) : Json();
      if (!seen.insert(transition.event.name + data.dump()).second) continue;
      const chart::Macrostep sent =
          chart::send(chart(), standing.snapshot, {transition.event.name, data}, facts(), 0);
      auto next = after(sent, standing);
      if (!next) continue;
      const std::size_t reached = next->reached;
      ways.emplace_back(RouteStep{transition.event.name, data, reached}, std::move(*next));
    }
    return ways;
  }

  std::string name_of(const Standing& standing) const {
    return Json{standing.reached, standing.ahead, chart::to_json(chart(), standing.snapshot)}
        .dump();
  }

  const Definition& definition_;
  const Stages& path_;
  const FillForm& fill_form_;
  const Json case_facts_ = {{"materials", Json::object()}, {"members", Json::array()}};
  const Json actor_facts_ = {{"roles", Json::array()}};
  std::vector<RouteStep> steps_;
  std::set<std::string> tried_;
  std::size_t farthest_ = 0;
};

}  // namespace

Result<std::vector<RouteStep>> find_route(const Definition& definition, const Json& data,
                                          const std::vector<std::string>& path,
                                          const FillForm& fill_form) {
  Search search(definition, path, fill_form);
  if (search.begin(data)) return search.take_steps();
  const std::string stage = path.empty() ? "" : path[std::min(search.farthest(), path.size() - 1)];
  return fail(ErrorKind::kConflict, {"流程中没有到达环节 " + stage + " 的路",
                                     "the procedure has no way to stage " + stage});
}

}  // namespace mingjian::cli
