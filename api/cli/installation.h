#pragma once

#include <memory>
#include <ostream>

#include "adapters/crypto/argon2_passwords.h"
#include "adapters/system/random_ids.h"
#include "adapters/system/system_clock.h"
#include "api/cli/settings.h"
#include "api/cli/workflows_folder.h"
#include "engine/ports/database.h"
#include "engine/service/case_service.h"
#include "engine/service/definition_service.h"

namespace mingjian::cli {

// Everything that a subcommand which works on cases consists of, wired in one place.
struct Installation {
  Installation(Workflows workflows, std::unique_ptr<Database> opened)
      : database(std::move(opened)),
        catalogue(std::move(workflows), database->definitions(), clock) {}

  std::unique_ptr<Database> database;
  SystemClock clock;
  RandomIds ids;
  Argon2Passwords passwords;
  Catalogue catalogue;
  People people{database->directory(), clock};
  CaseService cases{database->store(), people, clock, ids, catalogue};
  DefinitionService definitions{database->definitions(), clock, catalogue};
};

// Opens the store and reads the workflows, and the definitions that were put in force since; says
// on `complaints` why not, and gives nullptr.
[[nodiscard]] std::unique_ptr<Installation> open_installation(const Settings& settings,
                                                              std::ostream& complaints);

}  // namespace mingjian::cli
