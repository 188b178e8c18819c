#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/result.h"
#include "engine/ports/store.h"

namespace mingjian {

// 施行期间: from `from` (inclusive) to `until` (exclusive). Nothing: open at that end.
struct Period {
  std::optional<Instant> from;
  std::optional<Instant> until;

  [[nodiscard]] bool covers(Instant at) const {
    return (!from || *from <= at) && (!until || at < *until);
  }
  bool operator==(const Period&) const = default;
};

// A version of a definition as it was uploaded. Written once, never changed.
struct DefinitionVersion {
  std::string id;
  std::int64_t version = 0;
  Period asked;        // without `from`: in force from its confirmation
  std::string source;  // the bytes as they came: the order of keys has meaning

  bool operator==(const DefinitionVersion&) const = default;
};

enum class DefinitionAct { kProposed, kConfirmed, kRejected };

// What an administrator did about a version. Only ever added.
struct DefinitionEvent {
  std::string definition;
  std::int64_t version = 0;
  DefinitionAct act = DefinitionAct::kProposed;
  PersonId actor;
  Instant at;
  std::string digest;   // SHA-256 of the bytes that he acted on
  std::string opinion;  // of a decision

  bool operator==(const DefinitionEvent&) const = default;
};

// A version with what was done about it.
struct DefinitionRecord {
  DefinitionVersion version;
  DefinitionEvent proposed;
  std::optional<DefinitionEvent> decided;  // nothing: it waits for the second person

  bool operator==(const DefinitionRecord&) const = default;
};

// Where uploaded versions of definitions are kept, with the administrative history. One contract
// test-suite (tests/contract/) holds for every adapter. Thread-safe. Errors as Store.
class DefinitionStore {
 public:
  virtual ~DefinitionStore() = default;

  // Add as a whole or not at all; durable when they return Committed. The idempotency key is looked
  // at first: a repeat is Repeated, whatever else is asked.
  using Outcome = std::variant<Committed, Repeated>;
  // A new version with the event of its proposal. Also: kConflict where that version is there.
  [[nodiscard]] virtual Result<Outcome> propose(const DefinitionVersion& version,
                                                const DefinitionEvent& proposed,
                                                const IdempotencyRecord& answer) = 0;
  // The decision on a version. Also: kConflict where it was decided, kNotFound where it is not
  // there.
  [[nodiscard]] virtual Result<Outcome> decide(const DefinitionEvent& decided,
                                               const IdempotencyRecord& answer) = 0;

  [[nodiscard]] virtual Result<std::optional<IdempotencyRecord>> find_answer(
      const PersonId& person, const std::string& key) = 0;
  // All versions in the order of id and version. `source` is left empty.
  [[nodiscard]] virtual Result<std::vector<DefinitionRecord>> versions() = 0;
  [[nodiscard]] virtual Result<std::optional<DefinitionRecord>> version(const std::string& id,
                                                                        std::int64_t version) = 0;
  // What was done about all versions of a definition, in the order of time.
  [[nodiscard]] virtual Result<std::vector<DefinitionEvent>> history(const std::string& id) = 0;
};

}  // namespace mingjian
