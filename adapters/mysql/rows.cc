#include "adapters/mysql/rows.h"

namespace mingjian::mysql {

const std::string& head_columns() {
  static const std::string columns =
      selected_uuid("c.id") +
      ", c.version, c.number, c.definition, c.definition_version, c.title, c.closed, c.stages, "
      "c.organ, c.filed_by, " +
      selected_instant("c.filed_at") + ", " + selected_instant("c.updated_at");
  return columns;
}

const std::string& task_columns() {
  static const std::string columns =
      selected_uuid("t.id") + ", " + selected_uuid("t.case_id") +
      ", t.kind, t.request, t.step, t.role, t.organ, t.person, t.requested_by, t.event, "
      "t.title_zh, t.title_en, " +
      selected_instant("t.opened_at") + ", " + selected_instant("t.closed_at") +
      ", t.closed_by, t.decision";
  return columns;
}

CaseHead head_of(const Rows& rows) {
  CaseHead head;
  head.id = CaseId(rows.uuid(0));
  head.version = static_cast<Version>(rows.number(1));
  head.number = rows.text(2);
  head.definition = rows.text(3);
  head.definition_version = rows.number(4);
  head.title = rows.text(5);
  head.closed = rows.number(6) != 0;
  head.stages = rows.text(7);
  head.organ = OrganisationId(rows.text(8));
  head.filed_by = PersonId(rows.text(9));
  head.filed_at = rows.instant(10);
  head.updated_at = rows.instant(11);
  return head;
}

TaskRow task_of(const Rows& rows) {
  TaskRow task;
  task.id = TaskId(rows.uuid(0));
  task.case_id = CaseId(rows.uuid(1));
  task.kind = static_cast<TaskKind>(rows.number(2));
  task.request = RequestId(rows.text(3));
  task.step = rows.number(4);
  task.role = Role(rows.text(5));
  task.organ = OrganisationId(rows.text(6));
  task.person = PersonId(rows.text(7));
  task.requested_by = PersonId(rows.text(8));
  task.event = rows.text(9);
  task.title = {rows.text(10), rows.text(11)};
  task.opened_at = rows.instant(12);
  if (!rows.is_null(13)) task.closed_at = rows.instant(13);
  task.closed_by = PersonId(rows.text(14));
  task.decision = rows.text(15);
  return task;
}

}  // namespace mingjian::mysql
