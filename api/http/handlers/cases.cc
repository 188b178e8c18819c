#include <nlohmann/json.hpp>

#include "api/http/handlers/history_view.h"
#include "api/http/handlers/paging.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/query.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"

namespace mingjian::http {
namespace {

Checked<Response> file_case(const OfficeServices& office, const Request& request,
                            const ActingPerson& person) {
  auto body = read_body(
      request, {{"definition", FieldKind::kText, true}, {"data", FieldKind::kObject, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  FileCase command{(*body)["definition"].get<std::string>(), std::move((*body)["data"])};
  return carry_out(office, request,
                   {.actor = person,
                    .idempotency_key = {},
                    .fingerprint = {},
                    .case_id = {},
                    .expected = 0,
                    .command = std::move(command)},
                   201);
}

Checked<Response> list_cases(const OfficeServices& office, const Request& request,
                             const ActingPerson& person) {
  auto known = check_names(request, {"definition", "closed", "stage", "q", "limit", "cursor"});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  auto closed = yes_or_no(request, "closed");
  if (!closed) return tl::unexpected<Problem>(std::move(closed.error()));
  auto limit = page_limit(request);
  if (!limit) return tl::unexpected<Problem>(std::move(limit.error()));
  auto cursor = id_cursor(request);
  if (!cursor) return tl::unexpected<Problem>(std::move(cursor.error()));
  CaseQuery query{.scope = {},
                  .definition = request.query_value("definition").value_or(""),
                  .closed = *closed,
                  .stage = request.query_value("stage").value_or(""),
                  .text = request.query_value("q").value_or(""),
                  .before = std::move(*cursor),
                  .limit = *limit + 1};
  auto heads = office.cases.cases(person, std::move(query));
  if (!heads) return failed(office, heads.error());
  const bool more = heads->size() > *limit;
  if (more) heads->pop_back();
  Names names(office.directory);
  Json items = Json::array();
  for (const CaseHead& head : *heads) {
    const auto definition = office.cases.catalogue().find(head.definition, head.definition_version);
    items.push_back(head_json(head, definition ? definition->get() : nullptr, names));
  }
  return page(request, std::move(items), more ? heads->back().id.value() : "");
}

Checked<Response> read_case(const OfficeServices& office, const Request& request,
                            const ActingPerson& person) {
  auto view = office.cases.view(person, case_of(request));
  if (!view) return failed(office, view.error());
  Names names(office.directory);
  Response response =
      json_response(200, case_json(*view, office.cases.catalogue().known().rules, names));
  response.headers.emplace_back("ETag", etag_of(view->state.version));
  return response;
}

Checked<Response> list_transitions(const OfficeServices& office, const Request& request,
                                   const ActingPerson& person) {
  auto view = office.cases.view(person, case_of(request));
  if (!view) return failed(office, view.error());
  auto options = office.cases.options(person, case_of(request));
  if (!options) return failed(office, options.error());
  Json items = Json::array();
  for (const Option& option : *options) {
    items.push_back(option_json(option, *view->definition, office.cases.catalogue().known().rules));
  }
  Response response =
      json_response(200, {{"items", std::move(items)}, {"version", view->state.version}});
  response.headers.emplace_back("ETag", etag_of(view->state.version));
  return response;
}

Checked<Response> read_history(const OfficeServices& office, const Request& request,
                               const ActingPerson& person) {
  auto known = check_names(request, {"limit", "cursor"});
  if (!known) return tl::unexpected<Problem>(std::move(known.error()));
  auto limit = page_limit(request);
  if (!limit) return tl::unexpected<Problem>(std::move(limit.error()));
  auto after = version_cursor(request);
  if (!after) return tl::unexpected<Problem>(std::move(after.error()));
  auto view = office.cases.view(person, case_of(request));
  if (!view) return failed(office, view.error());
  // From the first act on: a decision is told with the request that it is about.
  auto events = office.cases.history(person, case_of(request), 0, *after + *limit + 1);
  if (!events) return failed(office, events.error());
  const bool more = events->size() > *after + *limit;
  if (more) events->pop_back();
  Names names(office.directory);
  Catalogue& catalogue = office.cases.catalogue();
  HistoryView history(catalogue.known().rules, names);
  Json items = Json::array();
  for (const EventRecord& record : *events) {
    const DefinitionReference& ran_on = definition_at(view->state, record.version);
    const auto definition = catalogue.find(ran_on.id, ran_on.version);
    auto act = history.tell(record, definition ? definition->get() : nullptr);
    if (!act) return failed(office, act.error());
    if (record.version > *after) items.push_back(std::move(*act));
  }
  return page(request, std::move(items), more ? std::to_string(events->back().version) : "");
}

using Operation = Checked<Response> (*)(const OfficeServices&, const Request&, const ActingPerson&);

Handler operation(const OfficeServices& office, Operation run) {
  return personal(office, [&office, run](const Request& request, const ActingPerson& person) {
    return run(office, request, person);
  });
}

}  // namespace

void add_case_routes(Router& router, const OfficeServices& office) {
  router.add({"GET", "/api/v1/cases", "list_cases", operation(office, list_cases)});
  router.add({"POST", "/api/v1/cases", "file_case", operation(office, file_case)});
  router.add({"GET", "/api/v1/cases/{id}", "read_case", operation(office, read_case)});
  router.add({"GET", "/api/v1/cases/{id}/transitions", "list_transitions",
              operation(office, list_transitions)});
  router.add(
      {"GET", "/api/v1/cases/{id}/history", "read_history", operation(office, read_history)});
}

}  // namespace mingjian::http
