#pragma once

#include <string>
#include <vector>

#include "engine/access/permission.h"
#include "engine/base/result.h"
#include "engine/case/state.h"
#include "engine/chart/event.h"
#include "engine/chart/snapshot.h"
#include "engine/definition/definition.h"

namespace mingjian {

// A case, the definition it runs on and the person who looks at it: all that a decision depends on
// besides the command and the time. `definition` and `state` must outlive it.
struct Situation {
  const Definition& definition;
  const CaseState& state;
  PersonId actor;
  std::vector<Role> roles;  // of the actor, on this case
  chart::Snapshot snapshot;
  Json case_facts;   // what guards see as "case"
  Json actor_facts;  // what guards see as "actor"

  [[nodiscard]] chart::Facts facts() const { return {&case_facts, &actor_facts}; }
  [[nodiscard]] bool has_role(const Role& role) const;
};

// Errors: kCorrupt where the stored case does not fit its definition.
[[nodiscard]] Result<Situation> situation_of(const Definition& definition, const CaseState& state,
                                             const PersonId& actor, std::vector<Role> roles);

// What access to a case depends on.
[[nodiscard]] CaseRelation relation_of(const CaseState& state);

// Where the case stands, as people are told it: the ids of the active states that are stages, in
// document order; where it stands between stages, of the innermost active states.
[[nodiscard]] std::vector<std::string> active_stages(const Definition& definition,
                                                     const chart::Snapshot& snapshot);

}  // namespace mingjian
