#include "engine/case/tasks.h"

#include <algorithm>

#include "engine/case/json_fields.h"

namespace mingjian {
namespace {

bool lists(const std::vector<TaskRow>& rows, const TaskId& id) {
  return std::any_of(rows.begin(), rows.end(), [&](const TaskRow& row) { return row.id == id; });
}

// Ends a task as the events say: decided by somebody, asked again, or overtaken.
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
    const auto* asked = std::get_if<ApprovalRequested>(&event.body);
    if (asked != nullptr && row.kind == TaskKind::kRework) {
      row.closed_by = event.actor;
      if (asked->event == row.event) row.decision = "resubmitted";
      return;
    }
  }
}

}  // namespace

std::vector<TaskRow> open_tasks(const CaseState& state) {
  std::vector<TaskRow> rows;
  for (const Request& request : state.requests) {
    TaskRow row{.id = request.task,
                .case_id = state.id,
                .kind = request.returned ? TaskKind::kRework : TaskKind::kApproval,
                .request = request.id,
                .step = request.step,
                .role = {},
                .organ = state.organ,
                .person = {},
                .requested_by = request.requested_by,
                .event = request.event,
                .title = request.title,
                .opened_at = request.task_opened_at,
                .closed_at = {},
                .closed_by = {},
                .decision = {}};
    if (request.returned) {
      row.person = request.requested_by;
    } else {
      row.role = request.steps[static_cast<std::size_t>(request.step)].role;
    }
    rows.push_back(std::move(row));
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
