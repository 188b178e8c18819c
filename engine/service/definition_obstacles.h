#pragma once

#include <optional>
#include <vector>

#include "engine/case/obstacle.h"
#include "engine/definition/definition.h"
#include "engine/ports/definition_store.h"

// What stands in the way of putting a version of a definition in force. Pure.
namespace mingjian {

// To its proposal. `newest`: the greatest version of it that is known, whatever became of that one.
[[nodiscard]] std::vector<Obstacle> proposal_obstacles(const Definition& definition,
                                                       const Period& asked,
                                                       std::optional<std::int64_t> newest,
                                                       Instant now);

// To the decision of `actor` on it. `act`: kConfirmed or kRejected.
[[nodiscard]] std::vector<Obstacle> decision_obstacles(const DefinitionRecord& record,
                                                       DefinitionAct act, const PersonId& actor,
                                                       const std::string& opinion, Instant now);

}  // namespace mingjian
