#include "adapters/sqlite/queries.h"

#include <string>
#include <utility>
#include <variant>

namespace mingjian::sqlite {
namespace {

constexpr const char* kHeadColumns =
    "c.id, c.version, c.number, c.definition, c.definition_version, c.title, c.closed, c.stages, "
    "c.organ, "
    "c.filed_by, c.filed_at, c.updated_at";
constexpr const char* kTaskColumns =
    "t.id, t.case_id, t.kind, t.request, t.step, t.role, t.organ, t.person, t.requested_by, "
    "t.event, "
    "t.title_zh, t.title_en, t.opened_at, t.closed_at, t.closed_by, t.decision";

// A statement that grows with its parameters, so that text and bindings cannot fall apart.
class Query {
 public:
  Query& add(const std::string& text) {
    text_ += text;
    return *this;
  }
  Query& value(std::variant<std::int64_t, std::string> value) {
    values_.push_back(std::move(value));
    text_ += "?";
    return *this;
  }
  Query& values(const std::vector<OrganisationId>& ids) {
    text_ += "(";
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i > 0) text_ += ", ";
      value(ids[i].value());
    }
    text_ += ")";
    return *this;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

  void bind(SQLite::Statement& statement) const {
    int at = 0;
    for (const auto& each : values_) {
      ++at;
      std::visit([&](const auto& given) { statement.bind(at, given); }, each);
    }
  }

 private:
  std::string text_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
};

// `text` as a LIKE pattern for "contains", with \ as the escape.
std::string contains_pattern(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// The ids of the cases in a scope: by organ, by filer, by team; each part has its index.
void add_scope(Query& query, const ReadScope& scope) {
  query.add("(c.filed_by = ").value(scope.person.value());
  query.add(" OR c.id IN (SELECT m.case_id FROM members m WHERE m.person = ")
      .value(scope.person.value())
      .add(")");
  if (!scope.organs.empty()) query.add(" OR c.organ IN ").values(scope.organs);
  query.add(")");
}

void add_filters(Query& query, const CaseQuery& wanted) {
  if (!wanted.definition.empty()) query.add(" AND c.definition = ").value(wanted.definition);
  if (wanted.closed) query.add(" AND c.closed = ").value(std::int64_t{*wanted.closed ? 1 : 0});
  if (!wanted.stage.empty()) {
    query.add(" AND c.id IN (SELECT s.case_id FROM case_stages s WHERE s.stage = ")
        .value(wanted.stage)
        .add(")");
  }
  if (!wanted.text.empty()) {
    const std::string pattern = contains_pattern(wanted.text);
    query.add(" AND (c.number LIKE ")
        .value(pattern)
        .add(" ESCAPE '\\' OR c.title LIKE ")
        .value(pattern);
    query.add(" ESCAPE '\\')");
  }
  if (!wanted.before.empty()) query.add(" AND c.id < ").value(wanted.before);
}

// Which tasks a person sees in the inbox: his own rework, and approvals of his posts but not his
// own requests.
void add_inbox(Query& query, const TaskQuery& wanted) {
  query.add("t.closed_at IS NULL AND (t.person = ").value(wanted.person.value());
  for (const TaskScope& post : wanted.posts) {
    if (post.organs.empty()) continue;
    query.add(" OR (t.role = ")
        .value(post.role.value())
        .add(" AND t.organ IN ")
        .values(post.organs);
    query.add(" AND t.requested_by <> ").value(wanted.person.value()).add(")");
  }
  query.add(")");
}

}  // namespace

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

std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& wanted) {
  std::vector<CaseHead> heads;
  if (wanted.scope.person.empty()) return heads;
  Query query;
  query.add("SELECT ").add(kHeadColumns).add(" FROM cases c WHERE ");
  add_scope(query, wanted.scope);
  add_filters(query, wanted);
  query.add(" ORDER BY c.id DESC LIMIT ").value(static_cast<std::int64_t>(wanted.limit));
  Prepared read = connection.prepare_text(query.text());
  query.bind(*read);
  while (read->executeStep()) heads.push_back(head_of(*read));
  return heads;
}

std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& wanted) {
  Query query;
  query.add("SELECT ")
      .add(kTaskColumns)
      .add(", c.number, c.title FROM tasks t JOIN cases c ON c.id = t.case_id WHERE ");
  if (wanted.done) {
    query.add("t.closed_at IS NOT NULL AND t.closed_by = ").value(wanted.person.value());
  } else {
    add_inbox(query, wanted);
  }
  if (!wanted.before.empty()) query.add(" AND t.id < ").value(wanted.before);
  query.add(" ORDER BY t.id DESC LIMIT ").value(static_cast<std::int64_t>(wanted.limit));
  Prepared read = connection.prepare_text(query.text());
  query.bind(*read);
  std::vector<TaskListing> tasks;
  while (read->executeStep()) {
    tasks.push_back(
        {task_of(*read), read->getColumn(16).getString(), read->getColumn(17).getString()});
  }
  return tasks;
}

}  // namespace mingjian::sqlite
