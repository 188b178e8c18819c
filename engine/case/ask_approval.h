#pragma once

#include <vector>

#include "engine/case/decide.h"
#include "engine/case/options.h"

namespace mingjian {

// 提请审批: the request that stands for transitions which were judged to be possible, until it was
// approved; the case keeps its stage. Requires that one of them needs approval.
[[nodiscard]] ApprovalRequested ask_for_approval(const Situation& situation,
                                                 const FireTransition& command,
                                                 const Judgement& judgement,
                                                 const DecisionInput& input);

// The steps of the approvals of these transitions, one after another.
[[nodiscard]] std::vector<RequestStep> unsigned_steps(
    const Definition& definition, const std::vector<chart::TransitionIndex>& transitions);

}  // namespace mingjian
