#include "engine/case/turns.h"

#include <algorithm>

namespace mingjian {
namespace {

constexpr std::int64_t kNoStep = -1;

RequestStep& present(Request& request) {
  return request.steps[static_cast<std::size_t>(request.step)];
}

bool has_step(const Request& request, std::int64_t step) {
  return step >= 0 && static_cast<std::size_t>(step) < request.steps.size();
}

void close_tasks(Request& request) {
  if (!request.awaits_signers()) return;
  for (Signer& signer : present(request).signers) signer.close_task();
}

bool lacks_task(const Signer& signer) { return !signer.has_signed() && signer.task.empty(); }

}  // namespace

void follow(Request& request, const ApprovalDecided& decided, const PersonId& signer) {
  switch (decided.decision) {
    case Decision::kApprove:
      return sign(request, decided.task, signer);
    case Decision::kReturn:
      return decided.return_to ? return_to_step(request, *decided.return_to)
                               : return_to_requester(request);
    case Decision::kRefuse:
      return;
  }
}

void sign(Request& request, const TaskId& task, const PersonId& person) {
  if (!request.awaits_signers()) return;
  RequestStep& step = present(request);
  for (Signer& signer : step.signers) {
    if (signer.task != task) continue;
    signer.signed_by = person;
    signer.close_task();
  }
  request.retractable = kNoStep;
  if (!step.complete()) return;
  close_tasks(request);
  request.retractable = request.step;
  do {
    ++request.step;
  } while (request.awaits_signers() && request.present().complete());
}

void return_to_step(Request& request, std::int64_t step) {
  if (!request.awaits_signers() || !has_step(request, step) || step > request.step) return;
  close_tasks(request);
  const std::int64_t last = request.resumption == Resumption::kInOrder ? request.step : step;
  for (std::int64_t anew = step; anew <= last; ++anew) {
    for (Signer& signer : request.steps[static_cast<std::size_t>(anew)].signers) {
      signer.signed_by = {};
      signer.person = {};
    }
  }
  request.step = step;
  request.retractable = kNoStep;
}

void return_to_requester(Request& request) {
  close_tasks(request);
  request.returned = true;
}

void take_back(Request& request, std::int64_t step, const PersonId& person) {
  if (!request.awaits_signers() || !has_step(request, step)) return;
  if (step != request.step) close_tasks(request);
  request.step = step;
  for (Signer& signer : present(request).signers) {
    if (signer.signed_by == person) signer.signed_by = {};
  }
  request.retractable = kNoStep;
}

void hand_over(Request& request, const TaskId& task, const PersonId& to, const TaskId& next,
               Instant now) {
  if (!request.awaits_signers()) return;
  for (Signer& signer : present(request).signers) {
    if (signer.task != task) continue;
    signer.person = to;
    signer.task = next;
    signer.opened_at = now;
  }
  request.retractable = kNoStep;
}

std::size_t tasks_to_open(const Request& request) {
  if (request.returned) return request.task.empty() ? 1 : 0;
  if (!request.awaits_signers()) return 0;
  const auto& signers = request.present().signers;
  return static_cast<std::size_t>(std::count_if(signers.begin(), signers.end(), lacks_task));
}

void open_tasks(Request& request, const std::vector<TaskId>& tasks, Instant now) {
  auto task = tasks.begin();
  if (request.returned && task != tasks.end()) {
    request.task = *task;
    request.task_opened_at = now;
  }
  if (!request.awaits_signers()) return;
  for (Signer& signer : present(request).signers) {
    if (!lacks_task(signer) || task == tasks.end()) continue;
    signer.task = *task++;
    signer.opened_at = now;
  }
}

}  // namespace mingjian
