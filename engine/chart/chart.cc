#include "engine/chart/chart.h"

namespace mingjian::chart {

std::optional<StateIndex> Chart::find(std::string_view id) const {
  const auto found = parts_.by_id.find(std::string(id));
  if (found == parts_.by_id.end()) return std::nullopt;
  return found->second;
}

std::string Chart::label(TransitionIndex transition) const {
  const Transition& entry = parts_.transitions[transition];
  switch (entry.trigger) {
    case Trigger::kEvent:
      return entry.event.text();
    case Trigger::kDone:
      return "onDone";
    case Trigger::kAlways:
      return "always";
    case Trigger::kAfter:
      return "after " + parts_.delays[entry.delay].key;
  }
  return {};
}

}  // namespace mingjian::chart
