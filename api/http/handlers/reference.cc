#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"
#include "api/http/openapi/document.h"

namespace mingjian::http {
namespace {

Response list_codes(const Register& known) {
  Json tables = Json::object();
  for (const auto& [name, codes] : known.codes) {
    Json entries = Json::array();
    for (const Code& code : codes)
      entries.push_back({{"code", code.code}, {"zh", code.title.zh}, {"en", code.title.en}});
    tables[name] = std::move(entries);
  }
  return json_response(200, tables);
}

Response list_rules(const Register& known) {
  Json items = Json::array();
  for (const auto& [id, rule] : known.rules) {
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
  const Register& known = office.cases.catalogue().known();
  const auto add = [&](const char* pattern, const char* name, auto list) {
    router.add({"GET", pattern, name,
                personal(office, [&known, list](const Request&, const ActingPerson&) {
                  return Checked<Response>(list(known));
                })});
  };
  add("/api/v1/codes", "list_codes", list_codes);
  add("/api/v1/rules", "list_rules", list_rules);
  router.add({"GET", "/api/v1/openapi.json", "read_openapi",
              open_to_all([](const Request&) -> Checked<Response> {
                return Response{.status = 200,
                                .headers = {},
                                .content_type = "application/json",
                                .body = std::string(openapi_document())};
              })});
}

}  // namespace mingjian::http
