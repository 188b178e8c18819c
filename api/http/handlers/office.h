#pragma once

#include <functional>
#include <semaphore>
#include <string>
#include <string_view>

#include "api/http/handlers/inbox_feed.h"
#include "api/http/handlers/measurements.h"
#include "engine/ports/passwords.h"
#include "engine/ports/token_authority.h"
#include "engine/service/case_service.h"
#include "engine/service/definition_service.h"
#include "engine/service/diagrams.h"

namespace mingjian::http {

// What the handlers work with. All must outlive them.
struct OfficeServices {
  CaseService& cases;
  DefinitionService& definitions;
  Diagrams& diagrams;
  Directory& directory;
  People& people;
  Passwords& passwords;
  TokenAuthority* tokens;  // whose tokens are taken beside those of sessions; null: nobody's
  Clock& clock;
  IdSource& ids;
  InboxFeed& inbox;
  Measurements& measurements;
  // For the log of the operator: an incident's name and what happened.
  std::function<void(const std::string& incident, const std::string& what)> report;
};

}  // namespace mingjian::http
