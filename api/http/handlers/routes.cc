#include "api/http/handlers/routes.h"

namespace mingjian::http {

Router make_router(const OfficeServices& office) {
  Router router;
  router.observe([&office](std::string_view operation, int status) {
    office.measurements.count_request(operation, status);
  });
  add_health_routes(router, office);
  add_metrics_routes(router, office);
  add_session_routes(router, office);
  add_account_routes(router, office);
  add_case_routes(router, office);
  add_act_routes(router, office);
  add_migration_routes(router, office);
  add_task_routes(router, office);
  add_inbox_routes(router, office);
  add_definition_routes(router, office);
  add_reference_routes(router, office);
  add_rendering_routes(router, office);
  return router;
}

}  // namespace mingjian::http
