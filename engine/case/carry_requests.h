#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/case/migration.h"
#include "engine/case/situation.h"

namespace mingjian {

// What becomes of each open request of a case that has moved. `requests` are those before, `moved`
// the case in its new place without them. `fresh_id`: see DecisionInput.
[[nodiscard]] std::vector<RequestOutcome> carry_requests(
    const std::vector<Request>& requests, const Definition& target, const CaseState& moved,
    const MigrateCase& command, const std::function<std::string()>& fresh_id, Instant now);

}  // namespace mingjian
