#include <charconv>

#include <nlohmann/json.hpp>

#include "api/http/handlers/migration_views.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {
namespace {

CaseId case_of(const Request& request) { return CaseId(request.parameter("id")); }

tl::unexpected<Problem> failed(const OfficeServices& office, const Error& error) {
  return tl::unexpected<Problem>(problem_of_error(office, error));
}

// The version in the query; 0, which no definition has, where it cannot be read.
std::int64_t version_wanted(const Request& request) {
  const std::string text = request.query_value("to").value_or("");
  std::int64_t version = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), version);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? version : 0;
}

Checked<Response> migrate_case(const OfficeServices& office, const Request& request,
                               const PersonId& person) {
  auto expected = expected_version(request);
  if (!expected) return tl::unexpected<Problem>(std::move(expected.error()));
  auto body = read_body(request, {{"version", FieldKind::kInteger, true},
                                  {"states", FieldKind::kObject, false},
                                  {"carry", FieldKind::kObject, false},
                                  {"reason", FieldKind::kText, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  auto command = migrate_case_from_json(*body);
  if (!command) return failed(office, command.error());
  return carry_out(office, request,
                   {.actor = person,
                    .idempotency_key = {},
                    .fingerprint = {},
                    .case_id = case_of(request),
                    .expected = *expected,
                    .command = std::move(*command)},
                   200);
}

Checked<Response> preview_migration(const OfficeServices& office, const Request& request,
                                    const PersonId& person) {
  const std::int64_t version = version_wanted(request);
  auto view = office.cases.view(person, case_of(request));
  if (!view) return failed(office, view.error());
  auto replay = office.cases.replay(person, case_of(request), version, {});
  if (!replay) return failed(office, replay.error());
  const Order order{.actor = person,
                    .idempotency_key = {},
                    .fingerprint = {},
                    .case_id = case_of(request),
                    .expected = view->state.version,
                    .command = MigrateCase{.version = version, .reason = "预览 preview"}};
  const auto preview = office.cases.rehearse(order);
  const bool judged = preview || std::holds_alternative<std::vector<Obstacle>>(preview.error());
  if (!judged) return tl::unexpected<Problem>(problem_of_rejection(office, preview.error()));
  const Catalogue& catalogue = office.cases.catalogue();
  Json answer = preview_json(preview, catalogue.known().rules);
  answer["replay"] = replay_json(*replay, *catalogue.find(view->state.definition.id, version),
                                 catalogue.known().rules);
  Response response = json_response(200, answer);
  response.headers.emplace_back("ETag", etag_of(view->state.version));
  return response;
}

}  // namespace

void add_migration_routes(Router& router, const OfficeServices& office) {
  router.add({"GET", "/api/v1/cases/{id}/migration", "preview_migration",
              personal(office, [&office](const Request& request, const PersonId& person) {
                return preview_migration(office, request, person);
              })});
  router.add({"POST", "/api/v1/cases/{id}/migration", "migrate_case",
              personal(office, [&office](const Request& request, const PersonId& person) {
                return migrate_case(office, request, person);
              })});
}

}  // namespace mingjian::http
