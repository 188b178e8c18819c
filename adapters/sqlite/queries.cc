#include "adapters/sqlite/queries.h"

#include <string>

#include <nlohmann/json.hpp>

#include "adapters/sqlite/rows.h"

namespace mingjian::sqlite {
namespace {

using sql::UnionQuery;

// SQLite allows 500 parts of a union; who sees more organs than this is served as well by walking
// all of them.
constexpr std::size_t kMostBranches = 32;

std::string json_text(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void bind(SQLite::Statement& statement, const std::vector<sql::Value>& values) {
  int at = 0;
  for (const sql::Value& value : values) {
    ++at;
    if (const auto* number = std::get_if<std::int64_t>(&value)) statement.bind(at, *number);
    if (const auto* text = std::get_if<std::string>(&value)) statement.bind(at, *text);
  }
}

// What every branch asks beside the scope. lower() and instr() take %, _ and NUL as characters.
void add_filters(UnionQuery& query, const CaseQuery& wanted) {
  if (!wanted.before.empty()) query.add(" AND c.id < ").value(wanted.before);
  if (!wanted.definition.empty()) query.add(" AND c.definition = ").value(wanted.definition);
  if (wanted.closed) query.add(" AND c.closed = ").value(std::int64_t{*wanted.closed ? 1 : 0});
  if (!wanted.stage.empty()) {
    query.add(" AND EXISTS (SELECT 1 FROM case_stages s WHERE s.case_id = c.id AND s.stage = ")
        .value(wanted.stage)
        .add(")");
  }
  if (!wanted.text.empty()) {
    query.add(" AND (instr(lower(c.number), lower(").value(wanted.text);
    query.add(")) > 0 OR instr(lower(c.title), lower(").value(wanted.text).add(")) > 0)");
  }
}

void add_organs(UnionQuery& query, const CaseQuery& wanted) {
  const auto& organs = wanted.scope.organs;
  if (organs.size() > kMostBranches) {
    nlohmann::json list = nlohmann::json::array();
    for (const OrganisationId& organ : organs) list.push_back(organ.value());
    // The + keeps the index of organs out of it: the ids are walked in the order of the list.
    query.branch("SELECT c.id AS id FROM cases c WHERE +c.organ IN (SELECT value FROM json_each(")
        .value(json_text(list))
        .add("))");
    return add_filters(query, wanted);
  }
  for (const OrganisationId& organ : organs) {
    query.branch("SELECT c.id AS id FROM cases c WHERE c.organ = ").value(organ.value());
    add_filters(query, wanted);
  }
}

void add_own(UnionQuery& query, const CaseQuery& wanted) {
  const std::string& person = wanted.scope.person.value();
  if (person.empty()) return;
  query.branch("SELECT c.id AS id FROM cases c WHERE c.filed_by = ").value(person);
  add_filters(query, wanted);
  query
      .branch(
          "SELECT m.case_id AS id FROM members m JOIN cases c ON c.id = m.case_id "
          "WHERE m.person = ")
      .value(person);
  if (!wanted.before.empty()) query.add(" AND m.case_id < ").value(wanted.before);
  add_filters(query, wanted);
}

void add_before(UnionQuery& query, const TaskQuery& wanted) {
  if (!wanted.before.empty()) query.add(" AND t.id < ").value(wanted.before);
}

constexpr const char* kOpenTasks = "SELECT t.id AS id FROM tasks t WHERE t.closed_at IS NULL";

// The approvals that a post may decide, but for his own requests.
void add_posts(UnionQuery& query, const TaskQuery& wanted) {
  nlohmann::json pairs = nlohmann::json::array();
  for (const TaskScope& post : wanted.posts) {
    for (const auto& organ : post.organs) pairs.push_back({post.role.value(), organ.value()});
  }
  const auto add_rest = [&] {
    query.add(" AND t.kind = 0 AND t.requested_by <> ").value(wanted.person.value());
    query.add(" AND t.person IN ('', ").value(wanted.person.value()).add(")");
    add_before(query, wanted);
  };
  if (pairs.size() > kMostBranches) {
    query.branch(kOpenTasks)
        .add(" AND (t.role, t.organ) IN (SELECT value ->> 0, value ->> 1 FROM json_each(")
        .value(json_text(pairs))
        .add("))");
    return add_rest();
  }
  for (const auto& pair : pairs) {
    query.branch(kOpenTasks).add(" AND t.role = ").value(pair[0].get<std::string>());
    query.add(" AND t.organ = ").value(pair[1].get<std::string>());
    add_rest();
  }
}

void add_tasks(UnionQuery& query, const TaskQuery& wanted) {
  const std::string& person = wanted.person.value();
  if (person.empty()) return;
  if (wanted.done) {
    query.branch("SELECT t.id AS id FROM tasks t WHERE t.closed_at IS NOT NULL AND t.closed_by = ")
        .value(person);
    return add_before(query, wanted);
  }
  query.branch(kOpenTasks).add(" AND t.person = ").value(person).add(" AND t.kind = 1");
  add_before(query, wanted);
  add_posts(query, wanted);
}

}  // namespace

sql::UnionQuery case_list(const CaseQuery& wanted) {
  UnionQuery query(std::string("SELECT ") + kHeadColumns + " FROM (");
  add_organs(query, wanted);
  add_own(query, wanted);
  query.add(" ORDER BY id DESC LIMIT ").value(bound_count(wanted.limit));
  query.add(") page JOIN cases c ON c.id = page.id ORDER BY page.id DESC");
  return query;
}

sql::UnionQuery task_list(const TaskQuery& wanted) {
  UnionQuery query(std::string("SELECT ") + kTaskColumns + ", c.number, c.title FROM (");
  add_tasks(query, wanted);
  query.add(" ORDER BY id DESC LIMIT ").value(bound_count(wanted.limit));
  query.add(
      ") page JOIN tasks t ON t.id = page.id JOIN cases c ON c.id = t.case_id "
      "ORDER BY page.id DESC");
  return query;
}

std::vector<CaseHead> list_cases(Connection& connection, const CaseQuery& wanted) {
  const UnionQuery query = case_list(wanted);
  if (query.empty()) return {};
  Prepared read = connection.prepare_text(query.text());
  bind(*read, query.values());
  std::vector<CaseHead> heads;
  while (read->executeStep()) heads.push_back(head_of(*read));
  return heads;
}

std::vector<TaskListing> list_tasks(Connection& connection, const TaskQuery& wanted) {
  const UnionQuery query = task_list(wanted);
  if (query.empty()) return {};
  Prepared read = connection.prepare_text(query.text());
  bind(*read, query.values());
  std::vector<TaskListing> tasks;
  while (read->executeStep()) {
    tasks.push_back({task_of(*read), read->getColumn(kTaskColumnCount).getString(),
                     read->getColumn(kTaskColumnCount + 1).getString()});
  }
  return tasks;
}

std::size_t count_tasks(Connection& connection, const TaskQuery& wanted) {
  TaskQuery all = wanted;
  all.before.clear();
  UnionQuery query("SELECT count(*) FROM (");
  add_tasks(query, all);
  if (query.empty()) return 0;
  query.add(")");
  Prepared read = connection.prepare_text(query.text());
  bind(*read, query.values());
  return read->executeStep() ? static_cast<std::size_t>(read->getColumn(0).getInt64()) : 0;
}

}  // namespace mingjian::sqlite
