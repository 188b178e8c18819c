#include <nlohmann/json.hpp>

#include "api/http/handlers/migration_views.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {
namespace {

Checked<MigrateCase> read_command(const OfficeServices& office, const Request& request) {
  auto body = read_body(request, {{"version", FieldKind::kInteger, true},
                                  {"states", FieldKind::kObject, false},
                                  {"carry", FieldKind::kObject, false},
                                  {"reason", FieldKind::kText, true}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  auto command = migrate_case_from_json(*body);
  if (!command) return failed(office, command.error());
  return std::move(*command);
}

Order order_of(const Request& request, const ActingPerson& person, Version expected,
               MigrateCase command) {
  return {.actor = person,
          .idempotency_key = {},
          .fingerprint = {},
          .case_id = case_of(request),
          .expected = expected,
          .command = std::move(command)};
}

Checked<Response> migrate_case(const OfficeServices& office, const Request& request,
                               const ActingPerson& person) {
  auto expected = expected_version(request);
  if (!expected) return tl::unexpected<Problem>(std::move(expected.error()));
  auto command = read_command(office, request);
  if (!command) return tl::unexpected<Problem>(std::move(command.error()));
  return carry_out(office, request, order_of(request, person, *expected, std::move(*command)), 200);
}

// Asks with a body as `migrate_case` does, and changes nothing.
Checked<Response> preview_migration(const OfficeServices& office, const Request& request,
                                    const ActingPerson& person) {
  auto command = read_command(office, request);
  if (!command) return tl::unexpected<Problem>(std::move(command.error()));
  auto view = office.cases.view(person, case_of(request));
  if (!view) return failed(office, view.error());
  const std::int64_t version = command->version;
  auto replay = office.cases.replay(person, case_of(request), version, command->states);
  if (!replay) return failed(office, replay.error());
  const auto preview =
      office.cases.rehearse(order_of(request, person, view->state.version, std::move(*command)));
  const bool judged = preview || std::holds_alternative<std::vector<Obstacle>>(preview.error());
  if (!judged) return failed(office, preview.error());
  Catalogue& catalogue = office.cases.catalogue();
  const auto definition = catalogue.find(view->state.definition.id, version);
  if (!definition) return failed(office, definition.error());
  Json answer = preview_json(preview, catalogue.known().rules);
  answer["replay"] = replay_json(*replay, **definition, catalogue.known().rules);
  Response response = json_response(200, answer);
  response.headers.emplace_back("ETag", etag_of(view->state.version));
  return response;
}

}  // namespace

void add_migration_routes(Router& router, const OfficeServices& office) {
  router.add({"POST", "/api/v1/cases/{id}/migration/preview", "preview_migration",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return preview_migration(office, request, person);
              })});
  router.add({"POST", "/api/v1/cases/{id}/migration", "migrate_case",
              personal(office, [&office](const Request& request, const ActingPerson& person) {
                return migrate_case(office, request, person);
              })});
}

}  // namespace mingjian::http
