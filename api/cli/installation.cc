#include "api/cli/installation.h"

#include <utility>

#include "api/cli/open_database.h"
#include "engine/base/wording.h"

namespace mingjian::cli {

std::unique_ptr<Installation> open_installation(const Settings& settings,
                                                std::ostream& complaints) {
  auto workflows = load_workflows(settings.workflows);
  if (!workflows) {
    complaints << describe(workflows.error());
    return nullptr;
  }
  auto database = open_database(settings.store);
  if (!database) {
    complaints << both(database.error().message) << "\n";
    return nullptr;
  }
  auto installation = std::make_unique<Installation>(std::move(*workflows), std::move(*database));
  const auto complete = installation->catalogue.refresh();
  if (complete) return installation;
  complaints << readable_store(settings.store) << ": " << both(complete.error().message) << "\n";
  return nullptr;
}

}  // namespace mingjian::cli
