#pragma once

#include "engine/case/state.h"

namespace mingjian::testing {

// The tasks of a request that are open, in the order of its signers; the requester's alone where it
// was returned.
inline std::vector<TaskId> tasks_of(const Request& request) {
  if (request.returned) return {request.task};
  std::vector<TaskId> tasks;
  if (!request.awaits_signers()) return tasks;
  for (const Signer& signer : request.present().signers) {
    if (!signer.task.empty()) tasks.push_back(signer.task);
  }
  return tasks;
}

}  // namespace mingjian::testing
