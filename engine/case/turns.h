#pragma once

#include "engine/case/state.h"

// How the turn goes through the steps of a request. By these decide() foresees what evolve() does
// with its events.
namespace mingjian {

// Follows an approval or a return.
void follow(Request& request, const ApprovalDecided& decided, const PersonId& signer);

// Signs for the open task. Where that completes the step, nobody else of it needs to sign any more,
// and the turn goes to the next step that is not complete; behind the last: nobody has it.
void sign(Request& request, const TaskId& task, const PersonId& person);

// 退回: has an earlier step sign anew; under Resumption::kInOrder all after it too.
void return_to_step(Request& request, std::int64_t step);

// 退回补正
void return_to_requester(Request& request);

// 收回签批: the turn goes back to the step.
void take_back(Request& request, std::int64_t step, const PersonId& person);

// 转办: the open task ends, and `next` is of the person.
void hand_over(Request& request, const TaskId& task, const PersonId& to, const TaskId& next,
               Instant now);

// How many tasks are still to be opened for those whose turn it is.
[[nodiscard]] std::size_t tasks_to_open(const Request& request);
// Opens them, in the order of the signers. Requires as many.
void open_tasks(Request& request, const std::vector<TaskId>& tasks, Instant now);

}  // namespace mingjian
