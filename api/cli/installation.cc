#include "api/cli/installation.h"

#include <utility>

namespace mingjian::cli {

std::unique_ptr<Installation> open_installation(const Settings& settings,
                                                std::ostream& complaints) {
  auto catalogue = load_workflows(settings.workflows);
  if (!catalogue) {
    complaints << describe(catalogue.error());
    return nullptr;
  }
  auto database = SqliteDatabase::open(settings.store);
  if (!database) {
    complaints << database.error().message.zh << " / " << database.error().message.en << "\n";
    return nullptr;
  }
  return std::make_unique<Installation>(std::move(*catalogue), std::move(*database));
}

}  // namespace mingjian::cli
