#pragma once

#include <string>
#include <vector>

#include "engine/case/state.h"
#include "engine/ports/store.h"
#include "engine/service/case_service.h"

// Between cases and events as the engine has them and the rows that are kept.
namespace mingjian {

[[nodiscard]] CaseHead head_record(const CaseState& state);
[[nodiscard]] std::vector<EventRecord> event_records(const CaseId& id,
                                                     const std::vector<Event>& events);

// What the caller is told, small enough to be kept with the idempotency key.
[[nodiscard]] std::string answer_json(const CaseState& after, const std::vector<Event>& events);

// The answer that was given when the key was first used; KeyReused where the command was another.
[[nodiscard]] tl::expected<Answer, Rejection> first_answer(const IdempotencyRecord& record,
                                                           const std::string& fingerprint);

// The discipline organ of the first post that may file; the organ that the case will belong to.
[[nodiscard]] OrganisationId filing_organ(const Actor& actor, const std::vector<Role>& by);

// The history of a case under the version of its definition that the replayer follows.
// Errors: kCorrupt for an event that cannot be read.
[[nodiscard]] Result<Replay> replay_case(Store& store, const CaseId& id, Replayer replayer,
                                         Instant now);

// Folds the events of a case and compares with its head. Errors: kCorrupt.
[[nodiscard]] Result<void> verify_fold(Store& store, const CaseHead& head);

// Compares the moment at which something of a case is due with what its head says. Errors:
// kCorrupt.
[[nodiscard]] Result<void> verify_timer(Store& store, const CaseHead& head);

}  // namespace mingjian
