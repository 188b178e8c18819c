#pragma once

#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/case/event.h"
#include "engine/ports/store.h"

namespace mingjian {

// A request for approval that has not ended (审批单).
struct Request {
  RequestId id;
  TaskId task;  // whose turn it is
  std::int64_t step = 0;
  bool returned = false;  // back with the requester
  std::string event;
  Json data;
  std::vector<std::string> transitions;
  std::vector<std::string> leaves;
  std::string source;
  Text title;
  PersonId requested_by;
  std::vector<Role> requested_roles;  // in which he asked
  Instant requested_at;
  Instant task_opened_at;
  std::vector<RequestStep> steps;
};

struct Material {
  MaterialId id;
  AttachMaterial what;
  PersonId attached_by;
  Instant attached_at;
};

struct Link {
  CaseId other;
  std::string link;
};

// A definition that the case ran on before it was migrated.
struct EarlierDefinition {
  Version until = 0;  // the last version of the case under it
  DefinitionReference definition;
};

// A case as its events make it. Only evolve() changes it.
struct CaseState {
  CaseId id;
  Version version = 0;
  DefinitionReference definition;
  std::string number;
  std::string title;
  OrganisationId organ;
  PersonId filed_by;
  Instant filed_at;
  Instant updated_at;
  bool closed = false;
  std::vector<std::string> stages;  // where it stands, see active_stages
  Json data = Json::object();
  Json chart = Json::object();  // the statechart's memory without the data
  std::vector<Request> requests = {};
  std::vector<MemberRow> members = {};
  std::vector<Material> materials = {};
  std::vector<Link> links = {};
  std::int64_t notes = 0;
  std::map<std::string, std::vector<PersonId>> acted = {};  // state id -> who acted from it
  std::vector<EarlierDefinition> earlier_definitions = {};  // in order
};

// The definition under which the case came to a version of its own.
[[nodiscard]] const DefinitionReference& definition_at(const CaseState& state, Version version);

// The head as it is stored: keys sorted, no white space, so that equal states give equal bytes.
[[nodiscard]] std::string serialize(const CaseState& state);
// Errors: kCorrupt.
[[nodiscard]] Result<CaseState> case_state_from_text(const std::string& text);

}  // namespace mingjian
