#include "engine/case/guard_refusal.h"

#include "engine/access/role.h"
#include "engine/chart/options.h"
#include "engine/definition/guard_environment.h"

namespace mingjian {

Text guard_refusal(const Situation& situation, chart::TransitionIndex transition,
                   const chart::Event& event, std::int64_t now_ms) {
  const Definition& definition = situation.definition;
  const auto environment = GuardEnvironments(definition).of(transition);
  const guard::Wording wording{environment,
                               [&](std::string_view table, std::string_view code) {
                                 return table == kRoleTable
                                            ? role::title(Role(std::string(code)))
                                            : code_title(definition.codes(), table, code);
                               },
                               [&](chart::StateIndex state) {
                                 const Text& title = definition.notes(state).title;
                                 const std::string& id = definition.chart().state(state).id;
                                 return title.zh.empty() ? Text{id, id} : title;
                               }};
  Text reasons;
  for (const Text& reason : chart::explain_guard(definition.chart(), transition, situation.snapshot,
                                                 event, situation.facts(), now_ms, wording)) {
    reasons.zh += (reasons.zh.empty() ? "" : "；") + reason.zh;
    reasons.en += (reasons.en.empty() ? "" : "; ") + reason.en;
  }
  const Text& words = definition.transition_notes(transition).guard_title;
  if (words.zh.empty()) {
    return {"条件不具备：" + reasons.zh, "a condition does not hold: " + reasons.en};
  }
  return {"条件不具备：" + words.zh + "（" + reasons.zh + "）",
          "a condition does not hold: " + words.en + " (" + reasons.en + ")"};
}

}  // namespace mingjian
