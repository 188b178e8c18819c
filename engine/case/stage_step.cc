#include "engine/case/stage_step.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/case/situation.h"

namespace mingjian {
namespace {

void add_new(std::vector<std::string>& all, const std::string& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

std::vector<Obstacle> faulty(const Text& why) { return {{ObstacleKind::kState, why}}; }

}  // namespace

tl::expected<StageStep, std::vector<Obstacle>> stage_step(const Definition& definition,
                                                          const Json& data,
                                                          const Json& chart_memory,
                                                          const chart::Macrostep& macrostep) {
  if (macrostep.fault) {
    return tl::unexpected(
        faulty({"流程定义在此处不能停下，本步骤已整体撤回",
                "the definition does not come to rest here; the step was undone as a whole"}));
  }
  StageStep step;
  const chart::Chart& chart = definition.chart();
  for (const chart::Microstep& micro : macrostep.microsteps) {
    for (const auto index : micro.transitions) {
      const chart::Transition& transition = chart.transition(index);
      step.taken.push_back(transition.pointer);
      if (transition.trigger == chart::Trigger::kEvent)
        add_new(step.sources, chart.state(transition.source).id);
    }
    for (const auto state : micro.left) step.left.push_back(chart.state(state).id);
    for (const auto state : micro.entered) step.entered.push_back(chart.state(state).id);
  }
  std::vector<Obstacle> misfits;
  for (const InputError& error : definition.data().check(macrostep.after.context)) {
    misfits.push_back({ObstacleKind::kForm, error.message, {}, "/data" + error.pointer});
  }
  if (!misfits.empty()) return tl::unexpected(std::move(misfits));

  Json memory = chart::to_json(chart, macrostep.after);
  memory.erase("context");
  step.stages = active_stages(definition, macrostep.after);
  step.data = difference(data, macrostep.after.context);
  step.chart = difference(chart_memory, memory);
  step.effects = macrostep.effects;
  step.closed = macrostep.after.done;
  return step;
}

}  // namespace mingjian
