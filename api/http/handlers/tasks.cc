#include <optional>

#include <nlohmann/json.hpp>

#include "api/http/handlers/paging.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/query.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"

namespace mingjian::http {
namespace {

std::optional<Decision> decision_of(const std::string& name) {
  if (name == "approve") return Decision::kApprove;
  if (name == "refuse") return Decision::kRefuse;
  if (name == "return") return Decision::kReturn;
  return std::nullopt;
}

Problem unreadable(const char* what, Text why) {
  return Problem(400, problem_type("invalid-input"), {"输入有误", "the input is not valid"})
      .with_error(what, std::move(why));
}

Checked<Response> list_tasks(const OfficeServices& office, const Request& request,
                             const ActingPerson& person) {
  auto known = check_names(request, {"state", "limit", "cursor"});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  auto state = one_of(request, "state", {"open", "done"});
  if (!state) return tl::unexpected<Problem>(std::move(state.error()));
  auto limit = page_limit(request);
  if (!limit) return tl::unexpected<Problem>(std::move(limit.error()));
  auto cursor = id_cursor(request);
  if (!cursor) return tl::unexpected<Problem>(std::move(cursor.error()));
  TaskQuery query{.person = {},
                  .posts = {},
                  .done = *state == "done",
                  .before = std::move(*cursor),
                  .limit = *limit + 1};
  auto tasks = office.cases.tasks(person, std::move(query));
  if (!tasks) return failed(office, tasks.error());
  const bool more = tasks->size() > *limit;
  if (more) tasks->pop_back();
  Names names(office.directory);
  Json items = Json::array();
  for (const TaskListing& task : *tasks) items.push_back(task_json(task, names));
  return page(request, std::move(items), more ? tasks->back().task.id.value() : "");
}

// On the case of the task, which the route does not name.
Checked<Response> act_on_task(const OfficeServices& office, const Request& request,
                              const ActingPerson& person, Version expected, const TaskId& id,
                              Command command) {
  auto task = office.cases.task(person, id);
  if (!task) return failed(office, task.error());
  return carry_out(office, request,
                   {.actor = person,
                    .idempotency_key = {},
                    .fingerprint = {},
                    .case_id = task->case_id,
                    .expected = expected,
                    .command = std::move(command)},
                   200);
}

Checked<Response> decide_task(const OfficeServices& office, const Request& request,
                              const ActingPerson& person) {
  auto expected = expected_version(request);
  if (!expected) return tl::unexpected<Problem>(std::move(expected.error()));
  auto body = read_body(request, {{"decision", FieldKind::kText, true},
                                  {"opinion", FieldKind::kText, false},
                                  {"return_to", FieldKind::kInteger, false}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  const auto decision = decision_of((*body)["decision"].get<std::string>());
  if (!decision) {
    return tl::unexpected<Problem>(unreadable(
        "/decision", {"应为 approve、refuse 或 return", "expected approve, refuse or return"}));
  }
  DecideRequest command{TaskId(request.parameter("id")), *decision,
                        body->value("opinion", std::string())};
  if (body->contains("return_to")) command.return_to = (*body)["return_to"].get<std::int64_t>();
  return act_on_task(office, request, person, *expected, command.task, command);
}

Checked<Response> hand_over_task(const OfficeServices& office, const Request& request,
                                 const ActingPerson& person) {
  auto expected = expected_version(request);
  if (!expected) return tl::unexpected<Problem>(std::move(expected.error()));
  auto body =
      read_body(request, {{"person", FieldKind::kText, true}, {"reason", FieldKind::kText, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  const HandOverTask command{TaskId(request.parameter("id")),
                             PersonId((*body)["person"].get<std::string>()),
                             (*body)["reason"].get<std::string>()};
  return act_on_task(office, request, person, *expected, command.task, command);
}

}  // namespace

void add_task_routes(Router& router, const OfficeServices& office) {
  router.add({"GET", "/api/v1/tasks", "list_tasks",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return list_tasks(office, request, person);
              })});
  router.add({"POST", "/api/v1/tasks/{id}/decision", "decide_task",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return decide_task(office, request, person);
              })});
  router.add({"POST", "/api/v1/tasks/{id}/hand-over", "hand_over_task",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return hand_over_task(office, request, person);
              })});
}

}  // namespace mingjian::http
