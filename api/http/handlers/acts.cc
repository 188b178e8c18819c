#include <initializer_list>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {
namespace {

// Makes a command of the body, which was checked to have the fields.
using MakeCommand = Command (*)(const Request& request, Json body);

// A route that acts on one case: the version that was seen, the body, the command.
Handler act(const OfficeServices& office, std::initializer_list<Field> fields, MakeCommand make,
            int status) {
  return personal(office,
                  [&office, fields = std::vector<Field>(fields), make, status](
                      const Request& request, const ActingPerson& person) -> Checked<Response> {
                    auto expected = expected_version(request);
                    if (!expected) return tl::unexpected<Problem>(std::move(expected.error()));
                    auto body = read_body(request, fields);
                    if (!body) return tl::unexpected<Problem>(std::move(body.error()));
                    return carry_out(office, request,
                                     {.actor = person,
                                      .idempotency_key = {},
                                      .fingerprint = {},
                                      .case_id = case_of(request),
                                      .expected = *expected,
                                      .command = make(request, std::move(*body))},
                                     status);
                  });
}

std::string text(const Json& body, const char* name) { return body.value(name, std::string()); }

Command fire(const Request& request, Json body) {
  return FireTransition{request.parameter("event"),
                        body.contains("data") ? std::move(body["data"]) : Json()};
}

Command attach(const Request&, Json body) {
  return AttachMaterial{text(body, "kind"), text(body, "title"), text(body, "sha256"),
                        body["bytes"].get<std::int64_t>(), text(body, "media_type")};
}

Command note(const Request&, Json body) { return AddNote{text(body, "text")}; }

Command assign(const Request&, Json body) {
  return AssignMember{PersonId(text(body, "person")), Role(text(body, "duty"))};
}

Command link(const Request&, Json body) {
  return LinkCase{CaseId(text(body, "case")), text(body, "link")};
}

Command withdraw(const Request& request, Json body) {
  return WithdrawRequest{RequestId(request.parameter("request")), text(body, "reason")};
}

Command take_back(const Request& request, Json body) {
  return TakeBackSignature{RequestId(request.parameter("request")), text(body, "reason")};
}

Command urge(const Request& request, Json body) {
  return UrgeRequest{RequestId(request.parameter("request")), text(body, "text")};
}

Command amend(const Request&, Json body) {
  return AmendData{std::move(body["changes"]), text(body, "reason")};
}

}  // namespace

void add_act_routes(Router& router, const OfficeServices& office) {
  using enum FieldKind;
  router.add({"POST", "/api/v1/cases/{id}/transitions/{event}", "fire_transition",
              act(office, {{"data", kObject, false}}, fire, 200)});
  router.add({"POST", "/api/v1/cases/{id}/materials", "attach_material",
              act(office,
                  {{"kind", kText, true},
                   {"title", kText, true},
                   {"sha256", kText, true},
                   {"bytes", kInteger, true},
                   {"media_type", kText, true}},
                  attach, 200)});
  router.add({"POST", "/api/v1/cases/{id}/notes", "add_note",
              act(office, {{"text", kText, true}}, note, 200)});
  router.add({"POST", "/api/v1/cases/{id}/members", "assign_member",
              act(office, {{"person", kText, true}, {"duty", kText, true}}, assign, 200)});
  router.add({"POST", "/api/v1/cases/{id}/links", "link_case",
              act(office, {{"case", kText, true}, {"link", kText, true}}, link, 200)});
  router.add({"POST", "/api/v1/cases/{id}/requests/{request}/withdrawal", "withdraw_request",
              act(office, {{"reason", kText, true}}, withdraw, 200)});
  router.add({"POST", "/api/v1/cases/{id}/requests/{request}/take-back", "take_back_signature",
              act(office, {{"reason", kText, true}}, take_back, 200)});
  router.add({"POST", "/api/v1/cases/{id}/requests/{request}/urging", "urge_request",
              act(office, {{"text", kText, false}}, urge, 200)});
  router.add({"PATCH", "/api/v1/cases/{id}/data", "amend_data",
              act(office, {{"changes", kObject, true}, {"reason", kText, true}}, amend, 200)});
}

}  // namespace mingjian::http
