#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/lint/check.h"
#include "engine/lint/report.h"
#include "engine/service/case_service.h"
#include "engine/service/catalogue.h"
#include "engine/service/definition_listing.h"
#include "engine/service/people.h"

namespace mingjian {

// 上传: a version, for another administrator to confirm.
struct ProposeDefinition {
  std::string source;  // the bytes as they came
  Period asked;        // without `from`: in force from its confirmation
};

// 确认或驳回: what another administrator uploaded.
struct DecideDefinition {
  std::string id;
  std::int64_t version = 0;
  DefinitionAct act = DefinitionAct::kConfirmed;  // or kRejected
  std::string opinion;                            // needed for rejecting
};

using DefinitionCommand = std::variant<ProposeDefinition, DecideDefinition>;

// How a command of an administrator reaches the office.
struct DefinitionOrder {
  ActingPerson actor;
  std::string idempotency_key;
  std::string fingerprint;  // of the whole command as it came in
  DefinitionCommand command;
};

struct DefinitionAnswer {
  std::string json;       // the listing and the findings of the check
  bool repeated = false;  // nothing was done anew: this is the first answer
};

// The definition was refused by its check: at least one finding is an error.
struct InvalidDefinition {
  lint::Report report;
};

// Why nothing was written.
using DefinitionRejection = std::variant<Rejection, InvalidDefinition>;

// The one door to the versions of definitions: who may put one in force, and when. Two system
// administrators sign each; nothing else changes, and no running case is touched. What is in force
// is for everybody who is signed in; proposals, rejections and the history are for the system
// administrators and the auditors. Thread-safe.
class DefinitionService {
 public:
  // All must outlive the service.
  DefinitionService(DefinitionStore& store, Clock& clock, Catalogue& catalogue)
      : store_(store), clock_(clock), catalogue_(catalogue) {}

  [[nodiscard]] tl::expected<DefinitionAnswer, DefinitionRejection> execute(
      const DefinitionOrder& order);

  // Errors of reading: kNotFound also where it is there but not for this person.
  // All versions that the reader may see, the oldest first.
  [[nodiscard]] Result<std::vector<DefinitionListing>> versions(const ActingPerson& reader,
                                                                const std::string& id);
  // The bytes of a version.
  [[nodiscard]] Result<std::string> source(const ActingPerson& reader, const std::string& id,
                                           std::int64_t version);
  // What its check says of a version now, when rules and codes may have changed since it was
  // uploaded. Checking takes up to half a second.
  [[nodiscard]] tl::expected<lint::Report, Rejection> findings(const ActingPerson& reader,
                                                               const std::string& id,
                                                               std::int64_t version);
  // The versions that wait for the second person.
  [[nodiscard]] tl::expected<std::vector<DefinitionListing>, Rejection> proposals(
      const ActingPerson& reader);
  [[nodiscard]] tl::expected<std::vector<DefinitionEvent>, Rejection> history(
      const ActingPerson& reader, const std::string& id);

 private:
  using Answered = tl::expected<DefinitionAnswer, DefinitionRejection>;
  [[nodiscard]] Answered propose(const DefinitionOrder& order, const ProposeDefinition& command);
  [[nodiscard]] Answered decide(const DefinitionOrder& order, const DecideDefinition& command);
  [[nodiscard]] lint::Checked check(const std::string& source) const;
  [[nodiscard]] Result<std::vector<Obstacle>> obstacles_to(const ProposeDefinition& command,
                                                           const Definition& definition,
                                                           Instant now);

  DefinitionStore& store_;
  Clock& clock_;
  Catalogue& catalogue_;
};

}  // namespace mingjian
