#pragma once

#include "api/http/handlers/office.h"
#include "api/http/router.h"

namespace mingjian::http {

// Each file of this folder adds the routes of one resource. `office` must outlive the router.
void add_session_routes(Router& router, const OfficeServices& office);
void add_account_routes(Router& router, const OfficeServices& office);
void add_case_routes(Router& router, const OfficeServices& office);
void add_act_routes(Router& router, const OfficeServices& office);
void add_migration_routes(Router& router, const OfficeServices& office);
void add_task_routes(Router& router, const OfficeServices& office);
void add_inbox_routes(Router& router, const OfficeServices& office);
void add_definition_routes(Router& router, const OfficeServices& office);
void add_reference_routes(Router& router, const OfficeServices& office);
void add_rendering_routes(Router& router, const OfficeServices& office);
void add_health_routes(Router& router, const OfficeServices& office);
void add_metrics_routes(Router& router, const OfficeServices& office);

// All of them.
[[nodiscard]] Router make_router(const OfficeServices& office);

}  // namespace mingjian::http
