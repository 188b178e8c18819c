#include "engine/case/tasks.h"

#include <algorithm>

#include "engine/case/json_fields.h"

namespace mingjian {
namespace {

bool lists(const std::vector<TaskRow>& rows, const TaskId& id) {
  return std::any_of(rows.begin(), rows.end(), [&](const TaskRow& row) { return row.id == id; });
}

// Ends a task as the events say: decided or handed over by somebody, asked again, withdrawn, or
// overtaken.
void close(TaskRow& row, const std::vector<Event>& events) {
  row.closed_at = events.back().recorded_at;
  row.decision = "superseded";
  for (const Event& event : events) {
    const auto* decided = std::get_if<ApprovalDecided>(&event.body);
    if (decided != nullptr && decided->task == row.id) {
      row.closed_by = event.actor;
      row.decision = name_of(decided->decision);
      return;
    }
    const auto* handed = std::get_if<TaskHandedOver>(&event.body);
    if (handed != nullptr && handed->task == row.id) {
      row.closed_by = event.actor;
      row.decision = "handed_over";
      return;
    }
    if (std::holds_alternative<RequestWithdrawn>(event.body)) {
      if (row.kind == TaskKind::kRework) row.closed_by = event.actor;
      row.decision = "withdrawn";
      return;
    }
    const auto* asked = std::get_if<ApprovalRequested>(&event.body);
    if (asked != nullptr && row.kind == TaskKind::kRework) {
      row.closed_by = event.actor;
      if (asked->event == row.event) row.decision = "resubmitted";
      return;
    }
  }
}

TaskRow row_of(const CaseState& state, const Request& request, TaskKind kind, const TaskId& task,
               Instant opened_at) {
  return {.id = task,
          .case_id = state.id,
          .kind = kind,
          .request = request.id,
          .step = request.step,
          .role = {},
          .organ = state.organ,
          .person = {},
          .requested_by = request.requested_by,
          .event = request.event,
          .title = request.title,
          .opened_at = opened_at,
          .closed_at = {},
          .closed_by = {},
          .decision = {}};
}

}  // namespace

std::vector<TaskRow> open_tasks(const CaseState& state) {
  std::vector<TaskRow> rows;
  for (const Request& request : state.requests) {
    if (request.returned) {
      rows.push_back(
          row_of(state, request, TaskKind::kRework, request.task, request.task_opened_at));
      rows.back().person = request.requested_by;
    }
    if (!request.awaits_signers()) continue;
    for (const Signer& signer : request.present().signers) {
      if (signer.task.empty()) continue;
      rows.push_back(row_of(state, request, TaskKind::kApproval, signer.task, signer.opened_at));
      rows.back().role = signer.role;
      rows.back().person = signer.person;
    }
  }
  return rows;
}

std::vector<TaskRow> changed_tasks(const CaseState& before, const CaseState& after,
                                   const std::vector<Event>& events) {
  const auto open_before = open_tasks(before);
  const auto open_after = open_tasks(after);
  std::vector<TaskRow> changed;
  for (const TaskRow& row : open_before) {
    if (lists(open_after, row.id)) continue;
    changed.push_back(row);
    close(changed.back(), events);
  }
  for (const TaskRow& row : open_after) {
    if (!lists(open_before, row.id)) changed.push_back(row);
  }
  return changed;
}

}  // namespace mingjian
