#include <nlohmann/json.hpp>

#include "api/http/handlers/pipeline.h"
#include "api/http/handlers/routes.h"

namespace mingjian::http {

void add_health_routes(Router& router, const OfficeServices& office) {
  router.add({"GET", "/healthz", "health", open_to_all([](const Request&) -> Checked<Response> {
                return json_response(200, {{"status", "alive"}});
              })});
  router.add(
      {"GET", "/readyz", "readiness", open_to_all([&office](const Request&) -> Checked<Response> {
         auto answers = office.cases.store().check();
         if (answers) return json_response(200, {{"status", "ready"}});
         return failed(office, answers.error());
       })});
}

}  // namespace mingjian::http
