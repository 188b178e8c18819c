#include <utility>

#include <nlohmann/json.hpp>

#include "api/http/handlers/definition_view.h"
#include "api/http/handlers/named_definition.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/query.h"
#include "api/http/handlers/routes.h"
#include "engine/base/digest.h"
#include "engine/lint/report.h"

namespace mingjian::http {
namespace {

// With every fault of the definition and its place, and all that its check found.
Problem invalid_definition(const InvalidDefinition& invalid) {
  Problem problem(422, problem_type("invalid-definition"),
                  {"流程定义有误，没有受理", "the definition is not valid and was not taken"});
  for (const lint::Finding& finding : invalid.report.findings) {
    if (finding.severity == lint::Severity::kError)
      problem.with_error(finding.pointer, finding.message);
  }
  return problem.with_member("findings", lint::findings_json(invalid.report));
}

// The bytes as they were loaded: the order of keys has meaning.
Response source_response(std::string source) {
  Response response{
      .status = 200, .headers = {}, .content_type = "application/json", .body = std::move(source)};
  response.headers.emplace_back("ETag", "\"" + sha256_hex(response.body) + "\"");
  return response;
}

Checked<Response> carry_out(const OfficeServices& office, const Request& request,
                            const ActingPerson& person, DefinitionCommand command, int status) {
  auto key = idempotency_key(request);
  if (!key) return tl::unexpected<Problem>(std::move(key.error()));
  auto answer = office.definitions.execute(
      {person, std::move(*key), fingerprint(request), std::move(command)});
  if (!answer) {
    const auto* invalid = std::get_if<InvalidDefinition>(&answer.error());
    if (invalid != nullptr) return tl::unexpected<Problem>(invalid_definition(*invalid));
    return failed(office, std::get<Rejection>(answer.error()));
  }
  Response response{
      .status = status, .headers = {}, .content_type = "application/json", .body = answer->json};
  if (answer->repeated) response.headers.emplace_back("Idempotent-Replayed", "true");
  return response;
}

// Where the version that an answer is about can be read.
std::string address_of(const std::string& answer) {
  const Json listing = Json::parse(answer);
  return "/api/v1/definitions/" + listing["id"].get<std::string>() + "/versions/" +
         listing["version"].dump();
}

Checked<Response> propose(const OfficeServices& office, const Request& request,
                          const ActingPerson& person) {
  auto json = require_json(request);
  if (!json) return tl::unexpected<Problem>(std::move(json.error()));
  auto names = check_names(request, {"in_force_from", "in_force_until"});
  if (!names) return tl::unexpected<Problem>(std::move(names.error()));
  auto from = point_in_time(request, "in_force_from");
  if (!from) return tl::unexpected<Problem>(std::move(from.error()));
  auto until = point_in_time(request, "in_force_until");
  if (!until) return tl::unexpected<Problem>(std::move(until.error()));
  auto response =
      carry_out(office, request, person, ProposeDefinition{request.body, {*from, *until}}, 201);
  if (response) response->headers.emplace_back("Location", address_of(response->body));
  return response;
}

Checked<Response> decide(const OfficeServices& office, const Request& request,
                         const ActingPerson& person) {
  auto version = version_in_path(request);
  if (!version) return tl::unexpected<Problem>(std::move(version.error()));
  auto body = read_body(
      request, {{"decision", FieldKind::kText, true}, {"opinion", FieldKind::kText, false}});
  if (!body) return tl::unexpected<Problem>(std::move(body.error()));
  const auto decision = (*body)["decision"].get<std::string>();
  if (decision != "confirm" && decision != "reject") {
    return tl::unexpected<Problem>(bad_input().with_error(
        "/decision", {"应为 confirm 或 reject", "expected confirm or reject"}));
  }
  const auto act = decision == "confirm" ? DefinitionAct::kConfirmed : DefinitionAct::kRejected;
  return carry_out(office, request, person,
                   DecideDefinition{request.parameter("id"), *version, act,
                                    body->value("opinion", std::string())},
                   200);
}

template <class Each>
Response items_response(const OfficeServices& office, const std::vector<Each>& all,
                        Json (*show)(const Each&, Names&)) {
  Names names(office.directory);
  Json items = Json::array();
  for (const Each& each : all) items.push_back(show(each, names));
  return json_response(200, {{"items", std::move(items)}});
}

Checked<Response> list_in_force(const OfficeServices& office) {
  auto entries = office.cases.catalogue().all_in_force(office.clock.now());
  if (!entries) return failed(office, entries.error());
  return items_response(office, *entries, definition_json);
}

Checked<Response> list_proposals(const OfficeServices& office, const ActingPerson& person) {
  auto proposals = office.definitions.proposals(person);
  if (!proposals) return failed(office, proposals.error());
  return items_response(office, *proposals, version_json);
}

Checked<Response> list_definitions(const OfficeServices& office, const Request& request,
                                   const ActingPerson& person) {
  auto state = one_of(request, "state", {"in_force", "proposed"});
  if (!state) return tl::unexpected<Problem>(std::move(state.error()));
  return *state == "proposed" ? list_proposals(office, person) : list_in_force(office);
}

Checked<Response> read_in_force(const OfficeServices& office, const Request& request,
                                const ActingPerson&) {
  auto found = named_definition(office, request);
  if (!found) return tl::unexpected<Problem>(std::move(found.error()));
  return source_response((*found)->source());
}

Checked<Response> list_versions(const OfficeServices& office, const Request& request,
                                const ActingPerson& person) {
  auto listings = office.definitions.versions(person, request.parameter("id"));
  if (!listings) return failed(office, listings.error());
  return items_response(office, *listings, version_json);
}

Checked<Response> read_version(const OfficeServices& office, const Request& request,
                               const ActingPerson& person) {
  auto version = version_in_path(request);
  if (!version) return tl::unexpected<Problem>(std::move(version.error()));
  auto source = office.definitions.source(person, request.parameter("id"), *version);
  if (!source) return failed(office, source.error());
  return source_response(std::move(*source));
}

Checked<Response> list_findings(const OfficeServices& office, const Request& request,
                                const ActingPerson& person) {
  auto version = version_in_path(request);
  if (!version) return tl::unexpected<Problem>(std::move(version.error()));
  auto report = office.definitions.findings(person, request.parameter("id"), *version);
  if (!report) return failed(office, report.error());
  return json_response(200, {{"items", lint::findings_json(*report)}});
}

Checked<Response> read_history(const OfficeServices& office, const Request& request,
                               const ActingPerson& person) {
  auto events = office.definitions.history(person, request.parameter("id"));
  if (!events) return failed(office, events.error());
  return items_response(office, *events, definition_event_json);
}

using Operation = Checked<Response> (*)(const OfficeServices&, const Request&, const ActingPerson&);

}  // namespace

void add_definition_routes(Router& router, const OfficeServices& office) {
  const auto add = [&](const char* method, const std::string& path, const char* name,
                       Operation run) {
    router.add(
        {method, "/api/v1/definitions" + path, name,
         personal(office, [&office, run](const Request& request, const ActingPerson& person) {
           return run(office, request, person);
         })});
  };
  add("GET", "", "list_definitions", list_definitions);
  add("POST", "", "propose_definition", propose);
  add("GET", "/{id}", "read_definition", read_in_force);
  add("GET", "/{id}/history", "read_definition_history", read_history);
  add("GET", "/{id}/versions", "list_definition_versions", list_versions);
  add("GET", "/{id}/versions/{version}", "read_definition_version", read_version);
  add("GET", "/{id}/versions/{version}/findings", "list_definition_findings", list_findings);
  add("POST", "/{id}/versions/{version}/decision", "decide_definition", decide);
}

}  // namespace mingjian::http
