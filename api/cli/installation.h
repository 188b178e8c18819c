#pragma once

#include <memory>
#include <ostream>

#include "adapters/crypto/argon2_passwords.h"
#include "adapters/sqlite/database.h"
#include "adapters/system/random_ids.h"
#include "adapters/system/system_clock.h"
#include "api/cli/settings.h"
#include "api/cli/workflows_folder.h"
#include "engine/service/case_service.h"

namespace mingjian::cli {

// Everything that a subcommand which works on cases consists of, wired in one place.
struct Installation {
  Installation(Catalogue known, std::unique_ptr<SqliteDatabase> opened)
      : catalogue(std::move(known)), database(std::move(opened)) {}

  Catalogue catalogue;
  std::unique_ptr<SqliteDatabase> database;
  SystemClock clock;
  RandomIds ids;
  Argon2Passwords passwords;
  People people{database->directory(), clock};
  CaseService cases{database->store(), people, clock, ids, catalogue};
};

// Opens the store and reads the workflows; says on `complaints` why not, and gives nullptr.
[[nodiscard]] std::unique_ptr<Installation> open_installation(const Settings& settings,
                                                              std::ostream& complaints);

}  // namespace mingjian::cli
