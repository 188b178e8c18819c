#pragma once

#include <vector>

#include "engine/case/obstacle.h"
#include "engine/case/situation.h"

namespace mingjian {

// The request that waits for the signature of this task; null where there is none any more.
[[nodiscard]] const Request* request_of(const CaseState& state, const TaskId& task);
[[nodiscard]] const Request* find_request(const CaseState& state, const RequestId& id);

// What stands between a person, in the roles that he has on the case, and a signature. The one
// place where a signature is judged, whether he is to give it himself or it is handed over to him.
[[nodiscard]] std::vector<Obstacle> obstacles_to_signing(const Situation& situation,
                                                         const Request& request,
                                                         const Signer& signer,
                                                         const PersonId& person,
                                                         const std::vector<Role>& roles);

}  // namespace mingjian
