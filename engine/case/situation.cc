#include "engine/case/situation.h"

#include <algorithm>
#include <utility>

#include "engine/case/json_fields.h"

namespace mingjian {
namespace {

Json case_facts(const CaseState& state) {
  Json materials = Json::object();
  for (const Material& material : state.materials) {
    materials[material.what.kind] = materials.value(material.what.kind, 0) + 1;
  }
  Json members = Json::array();
  for (const MemberRow& member : state.members) members.push_back(member.person.value());
  return {{"number", state.number},
          {"filed_by", state.filed_by.value()},
          {"materials", std::move(materials)},
          {"members", std::move(members)}};
}

}  // namespace

bool Situation::has_role(const Role& role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

Result<Situation> situation_of(const Definition& definition, const CaseState& state,
                               const PersonId& actor, std::vector<Role> roles) {
  Json memory = state.chart;
  memory["context"] = state.data;
  auto snapshot = chart::snapshot_from_json(definition.chart(), memory);
  if (!snapshot) {
    return fail(ErrorKind::kCorrupt,
                {"案件与其流程定义不符：" + snapshot.error().message.zh,
                 "the case does not fit its definition: " + snapshot.error().message.en});
  }
  Json actor_facts = {{"id", actor.value()}, {"roles", fields::ids(roles)}};
  return Situation{definition,
                   state,
                   actor,
                   std::move(roles),
                   std::move(*snapshot),
                   case_facts(state),
                   std::move(actor_facts)};
}

CaseRelation relation_of(const CaseState& state) {
  return {state.organ, state.filed_by, state.members};
}

std::vector<std::string> active_stages(const Definition& definition,
                                       const chart::Snapshot& snapshot) {
  const chart::Chart& chart = definition.chart();
  std::vector<std::string> stages;
  std::vector<std::string> between;
  for (const chart::StateIndex state : snapshot.configuration.members()) {
    if (!definition.notes(state).stage.empty()) stages.push_back(chart.state(state).id);
    if (chart.state(state).kind == chart::StateKind::kAtomic)
      between.push_back(chart.state(state).id);
  }
  return stages.empty() ? between : stages;
}

}  // namespace mingjian
