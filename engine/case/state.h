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
  std::int64_t step = 0;  // whose signers' turn it is
  bool returned = false;  // back with the requester
  TaskId task;            // of the requester, where it is returned
  Instant task_opened_at;
  std::string event;
  Json data;
  std::vector<std::string> transitions;
  std::vector<std::string> leaves;
  std::string source;
  Text title;
  PersonId requested_by;
  std::vector<Role> requested_roles;  // in which he asked
  Instant requested_at;
  std::vector<RequestStep> steps;
  Resumption resumption = Resumption::kInOrder;
  // The step whose signers may still take back, since nobody has acted since; -1: none.
  std::int64_t retractable = -1;
  std::int64_t urgings = 0;  // 催办: how often
  Instant urged_at = {};     // the last time; where urgings > 0

  // Whether it is the turn of signers: not with the requester, nor signed to the end.
  [[nodiscard]] bool awaits_signers() const {
    return !returned && static_cast<std::size_t>(step) < steps.size();
  }
  // The step whose turn it is. Requires awaits_signers().
  [[nodiscard]] const RequestStep& present() const { return steps[static_cast<std::size_t>(step)]; }
  // Whose turn the task is; null where it is nobody's.
  [[nodiscard]] const Signer* signer_of(const TaskId& of) const;
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
