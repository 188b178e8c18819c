#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "engine/access/permission.h"
#include "engine/case/command.h"
#include "engine/case/event.h"
#include "engine/case/obstacle.h"
#include "engine/case/situation.h"

namespace mingjian {

// What a decision needs from outside the case. The engine has no clock and no source of names.
struct DecisionInput {
  Instant now;
  std::function<std::string()> fresh_id;  // gives UUIDs that nobody has used, in order of time
  // For AssignMember and HandOverTask: the person named; nullptr: no such person.
  const Actor* assignee = nullptr;
  bool other_case_known = false;       // for LinkCase: the actor may read the other case
  const CodeTables* codes = nullptr;   // for LinkCase
  const Definition* target = nullptr;  // for MigrateCase: the version named; nullptr: there is none
};

using Decided = tl::expected<std::vector<Event>, std::vector<Obstacle>>;

// What a command does to a case, or what stands in its way. Pure.
// For every command but FileCase.
[[nodiscard]] Decided decide(const Situation& situation, const Command& command,
                             const DecisionInput& input);

// A new case: its first event, or the obstacles. `number` begins with the definition's prefix.
struct NewCase {
  const Definition& definition;
  const Actor& actor;
  OrganisationId organ;
  std::string number;
};
[[nodiscard]] Decided decide_filing(const NewCase& filing, const FileCase& command, Instant now);

// Whether the actor may file at all and the form is filled in: asked before a number is taken.
[[nodiscard]] std::vector<Obstacle> filing_obstacles(const Definition& definition,
                                                     const Actor& actor, const Json& data);

}  // namespace mingjian
