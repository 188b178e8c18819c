#pragma once

#include "engine/case/replay.h"
#include "engine/service/case_service.h"

// What the API and the command line show of a case that could move to another version.
namespace mingjian::http {

// {"affected", "steps", "changed", "pending", "diverges_at", "stands", "closed", "stuck",
// "overdue"}
[[nodiscard]] Json replay_json(const Replay& replay, const Definition& to, const Rules& rules);

// {"allowed", "obstacles", "migration"}: the event that would be recorded, or null. Requires a
// rejection by obstacles where there are no events.
[[nodiscard]] Json preview_json(const tl::expected<std::vector<Event>, Rejection>& preview,
                                const Rules& rules);

}  // namespace mingjian::http
