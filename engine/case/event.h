#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/case/command.h"
#include "engine/case/request_step.h"

// What happened to a case. Events carry outcomes, not instructions: folding them needs neither the
// definition nor the interpreter, so a later mending of either cannot change history.
namespace mingjian {

struct DefinitionReference {
  std::string id;
  std::int64_t version = 0;
  std::string digest;  // SHA-256 of the definition's bytes

  bool operator==(const DefinitionReference&) const = default;
};

// Members of an object that were set, and that were taken away.
struct Change {
  Json set = Json::object();
  std::vector<std::string> unset;

  bool operator==(const Change&) const = default;
};

// What a macrostep of the statechart did.
struct StageStep {
  std::vector<std::string> taken;    // JSON pointers of the transitions in the definition
  std::vector<std::string> sources;  // ids of the states that the transitions of persons start from
  std::vector<std::string> left;     // ids of states, in the order of leaving
  std::vector<std::string> entered;  // ids of states, in the order of entering
  std::vector<std::string> stages;   // where the case stands afterwards, see active_stages
  Change data;                       // of the case's data
  Change chart;                      // of the statechart's own memory: configuration, history, ...
  Json effects = Json::array();
  bool closed = false;

  bool operator==(const StageStep&) const = default;
};

struct CaseFiled {
  DefinitionReference definition;
  std::string number;
  std::string title;
  OrganisationId organ;
  StageStep step;
};

struct TransitionFired {
  std::string event;
  Json data;
  RequestId request;      // the approved request; empty where none was needed
  PersonId requested_by;  // who acts in the case; the approver is the envelope's actor
  StageStep step;
};

struct ApprovalRequested {
  RequestId request;
  std::vector<TaskId> tasks;  // of the signers whose turn it is, in order
  std::string event;
  Json data;
  std::vector<std::string> transitions;  // JSON pointers
  std::vector<std::string> leaves;       // ids of the states that it would leave
  std::string source;                    // id of the state that it starts from
  Text title;
  std::vector<RequestStep> steps;
  Resumption resumption = Resumption::kInOrder;
  // Whose turn it is: not the first where signatures stayed that were given before a return.
  std::int64_t step = 0;
};

struct ApprovalDecided {
  RequestId request;
  TaskId task;
  std::int64_t step = 0;
  Decision decision = Decision::kApprove;
  std::string opinion;
  // Of the signers of the step whose turn it is then, or of the requester's rework; empty where the
  // step still waits for others, or the request ends.
  std::vector<TaskId> next_tasks = {};
  // 退回: the earlier step that signs again; nothing: the requester mends it.
  std::optional<std::int64_t> return_to = {};
};

// 撤回: the requester takes it back before the last signature.
struct RequestWithdrawn {
  RequestId request;
  std::string reason;
};

// 收回签批: somebody takes his signature back before the next has acted.
struct SignatureTakenBack {
  RequestId request;
  std::int64_t step = 0;      // where he had signed, whose turn it is again
  std::vector<TaskId> tasks;  // of those in the step who have not signed then
  std::string reason;
};

// 转办: another person who holds the role signs in place of whoever does.
struct TaskHandedOver {
  RequestId request;
  TaskId task;
  PersonId to;
  TaskId next_task;
  std::string reason;
};

// 催办
struct RequestUrged {
  RequestId request;
  std::string text;
};

struct MemberAssigned {
  PersonId person;
  Role duty;
};

struct MaterialAttached {
  MaterialId id;
  AttachMaterial material;
};

struct DataAmended {
  Change data;
  std::string reason;
};

struct NoteAdded {
  std::string text;
};

struct CaseLinked {
  CaseId other;
  std::string link;
};

// The case runs on another version of its definition from here on.
struct CaseMigrated {
  DefinitionReference from;
  DefinitionReference to;
  StateMapping states;
  CarryRules carry;
  std::string reason;
  // Ids of the new version; `left` begins with those of the old one that have no place in it.
  StageStep step;
  std::vector<RequestOutcome> requests;  // of every request that was open
  std::vector<TimerOutcome> timers;      // of every timer of both versions
  std::vector<LimitOutcome> limits;      // of every stage where the case stands
};

// 到期: a timer of the statechart fell due. Nobody did it; the envelope's actor is kSystem, and
// `occurred_at` is when it was due, however late it was seen to (`recorded_at`).
struct TimerFired {
  std::string state;  // id of the state whose `after` it is; empty for an event raised with a delay
  std::string delay;  // of `after`, as the definition writes it
  std::string event;  // that was raised with a delay; empty for a timer of `after`
  Json data;          // of that event
  StageStep step;     // may have taken nothing, where no guard held
};

using EventBody =
    std::variant<CaseFiled, TransitionFired, ApprovalRequested, ApprovalDecided, MemberAssigned,
                 MaterialAttached, DataAmended, NoteAdded, CaseLinked, CaseMigrated, TimerFired,
                 RequestWithdrawn, SignatureTakenBack, TaskHandedOver, RequestUrged>;

struct Event {
  Version version = 0;  // of the case after this event
  Instant recorded_at;
  Instant occurred_at;
  PersonId actor;
  std::vector<Role> roles;  // in which he acted; an act keeps the posts it was done under
  EventBody body;
};

// "case_filed", "transition_fired", ...
[[nodiscard]] std::string type_of(const Event& event);

// What the statechart did; nullptr for an event that it had no part in.
[[nodiscard]] const StageStep* step_of(const Event& event);

// The frozen form in which events are stored: {"type", "v", ...}. Golden files hold it.
[[nodiscard]] Json to_json(const Event& event);
// Errors: kCorrupt for an unknown type or version, or a member of the wrong shape.
[[nodiscard]] Result<Event> event_from_json(const Json& json);

// The change that makes `after` of `before`. Requires objects.
[[nodiscard]] Change difference(const Json& before, const Json& after);
void apply(const Change& change, Json& object);

}  // namespace mingjian
