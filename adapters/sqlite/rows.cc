#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {

CaseHead head_of(SQLite::Statement& row) {
  CaseHead head;
  head.id = CaseId(row.getColumn(0).getString());
  head.version = static_cast<Version>(row.getColumn(1).getInt64());
  head.number = row.getColumn(2).getString();
  head.definition = row.getColumn(3).getString();
  head.definition_version = row.getColumn(4).getInt64();
  head.title = row.getColumn(5).getString();
  head.closed = row.getColumn(6).getInt() != 0;
  head.stages = row.getColumn(7).getString();
  head.organ = OrganisationId(row.getColumn(8).getString());
  head.filed_by = PersonId(row.getColumn(9).getString());
  head.filed_at = {row.getColumn(10).getInt64()};
  head.updated_at = {row.getColumn(11).getInt64()};
  return head;
}

TaskRow task_of(SQLite::Statement& row) {
  TaskRow task;
  task.id = TaskId(row.getColumn(0).getString());
  task.case_id = CaseId(row.getColumn(1).getString());
  task.kind = static_cast<TaskKind>(row.getColumn(2).getInt());
  task.request = RequestId(row.getColumn(3).getString());
  task.step = row.getColumn(4).getInt64();
  task.role = Role(row.getColumn(5).getString());
  task.organ = OrganisationId(row.getColumn(6).getString());
  task.person = PersonId(row.getColumn(7).getString());
  task.requested_by = PersonId(row.getColumn(8).getString());
  task.event = row.getColumn(9).getString();
  task.title = {row.getColumn(10).getString(), row.getColumn(11).getString()};
  task.opened_at = {row.getColumn(12).getInt64()};
  if (!row.getColumn(13).isNull()) task.closed_at = Instant{row.getColumn(13).getInt64()};
  task.closed_by = PersonId(row.getColumn(14).getString());
  task.decision = row.getColumn(15).getString();
  return task;
}

}  // namespace mingjian::sqlite
