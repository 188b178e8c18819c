#include "engine/service/trace.h"

#include <map>
#include <string>
#include <variant>

#include <nlohmann/json.hpp>

#include "engine/case/situation.h"

namespace mingjian {
namespace {

using chart::TransitionIndex;

std::multimap<std::string, TransitionIndex> by_pointer(const chart::Chart& chart) {
  std::multimap<std::string, TransitionIndex> all;
  for (TransitionIndex index = 0; index < chart.transitions().size(); ++index)
    all.emplace(chart.transition(index).pointer, index);
  return all;
}

}  // namespace

Result<render::Marks> trace(const Definition& definition, const CaseState& state,
                            const std::vector<EventRecord>& events) {
  const chart::Chart& chart = definition.chart();
  // Whoever looks: only what the statechart remembers is asked for.
  const auto situation = situation_of(definition, state, {}, {});
  if (!situation) return tl::unexpected<Error>(situation.error());
  render::Marks marks;
  const auto current = situation->snapshot.configuration.members();
  marks.current.insert(current.begin(), current.end());
  const auto transitions = by_pointer(chart);
  for (const EventRecord& record : events) {
    const auto event = event_from_json(Json::parse(record.body, nullptr, false));
    if (!event) return tl::unexpected<Error>(event.error());
    const StageStep* const step = step_of(*event);
    if (step == nullptr || std::holds_alternative<CaseMigrated>(event->body)) continue;
    for (const std::string& id : step->entered) {
      if (const auto entered = chart.find(id)) marks.visited.insert(*entered);
    }
    for (const std::string& pointer : step->taken) {
      const auto [from, to] = transitions.equal_range(pointer);
      for (auto entry = from; entry != to; ++entry) marks.taken.insert(entry->second);
    }
  }
  return marks;
}

}  // namespace mingjian
