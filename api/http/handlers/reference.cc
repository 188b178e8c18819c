#include <nlohmann/json.hpp>

#include "api/http/handlers/named_definition.h"
#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/handlers/views.h"
#include "api/http/openapi/document.h"

namespace mingjian::http {
namespace {

// The bytes as they were loaded: the order of keys has meaning.
Response source_of(const Definition& definition) {
  Response response{.status = 200,
                    .headers = {},
                    .content_type = "application/json",
                    .body = definition.source()};
  response.headers.emplace_back("ETag", "\"" + definition.digest() + "\"");
  return response;
}

Checked<Response> list_definitions(const Catalogue& catalogue) {
  Json items = Json::array();
  for (const Definition* definition : catalogue.all())
    items.push_back(definition_json(*definition));
  return json_response(200, {{"items", std::move(items)}});
}

Checked<Response> read_definition(const Catalogue& catalogue, const Request& request) {
  const auto definition = named_definition(catalogue, request);
  if (!definition) return tl::unexpected<Problem>(definition.error());
  return source_of(**definition);
}

Checked<Response> list_codes(const Catalogue& catalogue) {
  Json tables = Json::object();
  for (const auto& [name, codes] : catalogue.known().codes) {
    Json entries = Json::array();
    for (const Code& code : codes)
      entries.push_back({{"code", code.code}, {"zh", code.title.zh}, {"en", code.title.en}});
    tables[name] = std::move(entries);
  }
  return json_response(200, tables);
}

Checked<Response> list_rules(const Catalogue& catalogue) {
  Json items = Json::array();
  for (const auto& [id, rule] : catalogue.known().rules) {
    items.push_back({{"id", id.value()},
                     {"instrument", rule.instrument},
                     {"article", rule.article},
                     {"kind", rule.kind},
                     {"term", rule.term},
                     {"requirement", rule.requirement}});
  }
  return json_response(200, {{"items", std::move(items)}});
}

}  // namespace

void add_reference_routes(Router& router, const OfficeServices& office) {
  const Catalogue& catalogue = office.cases.catalogue();
  const auto add = [&](const char* pattern, const char* name, auto read) {
    router.add({"GET", pattern, name,
                personal(office, [&catalogue, read](const Request& request, const PersonId&) {
                  return read(catalogue, request);
                })});
  };
  add("/api/v1/definitions", "list_definitions",
      [](const Catalogue& all, const Request&) { return list_definitions(all); });
  add("/api/v1/definitions/{id}", "read_definition", read_definition);
  add("/api/v1/definitions/{id}/versions/{version}", "read_definition_version", read_definition);
  add("/api/v1/codes", "list_codes",
      [](const Catalogue& all, const Request&) { return list_codes(all); });
  add("/api/v1/rules", "list_rules",
      [](const Catalogue& all, const Request&) { return list_rules(all); });
  router.add({"GET", "/api/v1/openapi.json", "read_openapi",
              open_to_all([](const Request&) -> Checked<Response> {
                return Response{.status = 200,
                                .headers = {},
                                .content_type = "application/json",
                                .body = std::string(openapi_document())};
              })});
}

}  // namespace mingjian::http
