#include "adapters/mysql/queries.h"

#include <limits>
#include <string>

#include "adapters/mysql/rows.h"
#include "adapters/mysql/tables.h"

namespace mingjian::mysql {
namespace {

using sql::UnionQuery;

// Who sees more organs than this is served as well by walking all of them.
constexpr std::size_t kMostBranches = 32;

// A cursor that is no id at all stands before everything.
void add_before(UnionQuery& query, const std::string& column, const std::string& before) {
  if (!before.empty()) query.add(" AND " + column + " < ").value(uuid_value(before), kUuid);
}

void add_list(UnionQuery& query, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) query.add(&text == &texts.front() ? "" : ", ").value(text);
}

// Ends a branch: one page of it is enough for a page of the whole.
void end_branch(UnionQuery& query, const std::string& order, std::size_t limit) {
  query.add(" ORDER BY " + order + " DESC LIMIT ").value(count_value(limit)).add(")");
}

// What every branch asks beside the scope.
void add_filters(UnionQuery& query, const CaseQuery& wanted) {
  if (!wanted.definition.empty()) query.add(" AND c.definition = ").value(wanted.definition);
  if (wanted.closed) query.add(" AND c.closed = ").value(std::int64_t{*wanted.closed ? 1 : 0});
  if (!wanted.stage.empty()) {
    query.add(" AND EXISTS (SELECT 1 FROM case_stages s WHERE s.case_id = c.id AND s.stage = ")
        .value(wanted.stage)
        .add(")");
  }
  if (wanted.text.empty()) return;
  query.add(" AND INSTR(c.searched, CAST(")
      .value(searched_form(wanted.text))
      .add(" AS BINARY)) > 0");
}

void end_cases(UnionQuery& query, const CaseQuery& wanted) {
  add_before(query, "c.id", wanted.before);
  add_filters(query, wanted);
  end_branch(query, "c.id", wanted.limit);
}

void add_organs(UnionQuery& query, const CaseQuery& wanted) {
  std::vector<std::string> organs;
  for (const OrganisationId& organ : wanted.scope.organs) organs.push_back(organ.value());
  if (organs.size() > kMostBranches) {
    // The ids are walked in the order of the list, whatever the organs.
    query.branch("(SELECT c.id AS id FROM cases c FORCE INDEX (PRIMARY) WHERE c.organ IN (");
    add_list(query, organs);
    query.add(")");
    return end_cases(query, wanted);
  }
  for (const std::string& organ : organs) {
    query.branch("(SELECT c.id AS id FROM cases c FORCE INDEX (cases_by_organ) WHERE c.organ = ")
        .value(organ);
    end_cases(query, wanted);
  }
}

void add_own(UnionQuery& query, const CaseQuery& wanted) {
  const std::string& person = wanted.scope.person.value();
  if (person.empty()) return;
  query.branch("(SELECT c.id AS id FROM cases c FORCE INDEX (cases_by_filer) WHERE c.filed_by = ")
      .value(person);
  end_cases(query, wanted);
  // Who has several duties is met as often. Not DISTINCT, for which the server gathers all rows of
  // the person before it gives one.
  query
      .branch(
          "(SELECT m.case_id AS id FROM members m FORCE INDEX (members_by_person) "
          "STRAIGHT_JOIN cases c ON c.id = m.case_id WHERE m.person = ")
      .value(person);
  add_before(query, "m.case_id", wanted.before);
  add_filters(query, wanted);
  query.add(" GROUP BY m.case_id");
  end_branch(query, "m.case_id", wanted.limit);
}

void end_tasks(UnionQuery& query, const TaskQuery& wanted) {
  add_before(query, "t.id", wanted.before);
  end_branch(query, "t.id", wanted.limit);
}

// The approvals that a post may decide, but for his own requests.
void add_posts(UnionQuery& query, const TaskQuery& wanted) {
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const TaskScope& post : wanted.posts) {
    for (const auto& organ : post.organs) pairs.emplace_back(post.role.value(), organ.value());
  }
  const auto end = [&] {
    query.add(" AND t.kind = 0 AND t.requested_by <> ").value(wanted.person.value());
    query.add(" AND t.person IN ('', ").value(wanted.person.value()).add(")");
    end_tasks(query, wanted);
  };
  if (pairs.size() > kMostBranches) {
    query.branch("(SELECT t.id AS id FROM tasks t WHERE t.open = 1 AND (t.role, t.organ) IN (");
    for (const auto& pair : pairs) {
      query.add(&pair == &pairs.front() ? "(" : ", (");
      query.value(pair.first).add(", ").value(pair.second).add(")");
    }
    query.add(")");
    return end();
  }
  for (const auto& [role, organ] : pairs) {
    query
        .branch(
            "(SELECT t.id AS id FROM tasks t FORCE INDEX (tasks_by_role) WHERE t.open = 1 AND "
            "t.role = ")
        .value(role)
        .add(" AND t.organ = ")
        .value(organ);
    end();
  }
}

void add_tasks(UnionQuery& query, const TaskQuery& wanted) {
  const std::string& person = wanted.person.value();
  if (person.empty()) return;
  if (wanted.done) {
    query
        .branch(
            "(SELECT t.id AS id FROM tasks t FORCE INDEX (tasks_done) WHERE t.open = 0 AND "
            "t.closed_by = ")
        .value(person);
    return end_tasks(query, wanted);
  }
  query
      .branch(
          "(SELECT t.id AS id FROM tasks t FORCE INDEX (tasks_by_person) WHERE t.open = 1 AND "
          "t.person = ")
      .value(person)
      .add(" AND t.kind = 1");
  end_tasks(query, wanted);
  add_posts(query, wanted);
}

}  // namespace

sql::UnionQuery case_list(const CaseQuery& wanted) {
  UnionQuery query("SELECT " + head_columns() + " FROM (");
  add_organs(query, wanted);
  add_own(query, wanted);
  query.add(" ORDER BY id DESC LIMIT ").value(count_value(wanted.limit));
  query.add(") page JOIN cases c ON c.id = page.id ORDER BY page.id DESC");
  return query;
}

sql::UnionQuery task_list(const TaskQuery& wanted) {
  UnionQuery query("SELECT " + task_columns() + ", c.number, c.title FROM (");
  add_tasks(query, wanted);
  query.add(" ORDER BY id DESC LIMIT ").value(count_value(wanted.limit));
  query.add(
      ") page JOIN tasks t ON t.id = page.id JOIN cases c ON c.id = t.case_id "
      "ORDER BY page.id DESC");
  return query;
}

sql::UnionQuery change_list(Instant from, const TaskId& after, std::size_t limit) {
  UnionQuery query("SELECT " + task_columns() + ", c.number, c.title, " +
                   selected_instant("t.changed_at") +
                   " FROM tasks t FORCE INDEX (tasks_by_change) STRAIGHT_JOIN cases c "
                   "ON c.id = t.case_id WHERE t.changed_at >= ");
  query.value(instant_value(from), kInstant);
  if (!after.empty()) {
    query.add(" AND NOT (t.changed_at = ").value(instant_value(from), kInstant);
    query.add(" AND t.id <= ").value(uuid_value(after.value()), kUuid).add(")");
  }
  query.add(" ORDER BY t.changed_at, t.id LIMIT ").value(count_value(limit));
  return query;
}

std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& wanted) {
  std::vector<CaseHead> heads;
  const UnionQuery query = case_list(wanted);
  if (query.empty()) return heads;
  Rows rows = connection.query(query.text(), query.values());
  while (rows.next()) heads.push_back(head_of(rows));
  return heads;
}

std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& wanted) {
  std::vector<TaskListing> tasks;
  const UnionQuery query = task_list(wanted);
  if (query.empty()) return tasks;
  Rows rows = connection.query(query.text(), query.values());
  while (rows.next())
    tasks.push_back({task_of(rows), rows.text(kTaskColumnCount), rows.text(kTaskColumnCount + 1)});
  return tasks;
}

std::size_t count_tasks(Connection& connection, const TaskQuery& wanted) {
  TaskQuery all = wanted;
  all.before.clear();
  all.limit = std::numeric_limits<std::size_t>::max();
  UnionQuery query("SELECT COUNT(*) FROM (");
  add_tasks(query, all);
  if (query.empty()) return 0;
  query.add(") found");
  Rows rows = connection.query(query.text(), query.values());
  return rows.next() ? static_cast<std::size_t>(rows.number(0)) : 0;
}

std::vector<TaskChange> list_changes(Connection& connection, Instant from, const TaskId& after,
                                     std::size_t limit) {
  std::vector<TaskChange> changes;
  const UnionQuery query = change_list(from, after, limit);
  Rows rows = connection.query(query.text(), query.values());
  while (rows.next()) {
    changes.push_back(
        {{task_of(rows), rows.text(kTaskColumnCount), rows.text(kTaskColumnCount + 1)},
         rows.instant(kTaskColumnCount + 2)});
  }
  return changes;
}

}  // namespace mingjian::mysql
