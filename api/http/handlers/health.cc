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
         auto ready = office.cases.store().check();
         if (!ready) return failed(office, ready.error());
         // Still 200: whoever takes this server out of service takes the readings too.
         const bool whole = *ready == Readiness::kAll;
         return json_response(200, {{"status", whole ? "ready" : "read-only"}});
       })});
}

}  // namespace mingjian::http
