#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/ports/definition_store.h"
#include "engine/ports/directory.h"
#include "engine/ports/store.h"

namespace mingjian {

// 卷: what a store has of one case, but for its tasks.
struct CaseFile {
  CaseHead head;
  std::vector<EventRecord> events;  // by version
  std::vector<MemberRow> members;   // by person and duty
  // The moment of its timer. Who has claimed it stays behind.
  std::optional<Instant> due_at = {};

  bool operator==(const CaseFile&) const = default;
};

struct NumberSeries {
  std::string series;
  std::int64_t last = 0;  // the number given last

  bool operator==(const NumberSeries&) const = default;
};

struct Account {
  PersonId person;
  std::string password_hash;

  bool operator==(const Account&) const = default;
};

// All that a store keeps, to be copied row by row to another store and compared there. It goes
// round every rule of a case, so it is for moving a store and for nothing else. What is put
// replaces what is there under the same name, a page in one transaction; a page may be put again.
// Organisations and people are Directory's, versions of definitions are read from DefinitionStore.
// One contract test-suite (tests/contract/) holds for every database. Thread-safe. Errors as Store.
class Transfer {
 public:
  virtual ~Transfer() = default;

  [[nodiscard]] virtual Result<std::size_t> count_cases() = 0;
  // With ids greater than `after`, in order.
  [[nodiscard]] virtual Result<std::vector<CaseFile>> case_files(const std::string& after,
                                                                 std::size_t limit) = 0;
  [[nodiscard]] virtual Result<void> put_case_files(const std::vector<CaseFile>& files) = 0;

  // With ids greater than `after`, in order. Their cases are there before they are put.
  [[nodiscard]] virtual Result<std::vector<TaskRow>> tasks(const std::string& after,
                                                           std::size_t limit) = 0;
  [[nodiscard]] virtual Result<void> put_tasks(const std::vector<TaskRow>& tasks) = 0;

  // In the order of person and key, behind `after` (one without a person: from the first).
  [[nodiscard]] virtual Result<std::vector<IdempotencyRecord>> answers(
      const IdempotencyRecord& after, std::size_t limit) = 0;
  [[nodiscard]] virtual Result<void> put_answers(const std::vector<IdempotencyRecord>& answers) = 0;

  // In the order of their names.
  [[nodiscard]] virtual Result<std::vector<NumberSeries>> number_series() = 0;
  [[nodiscard]] virtual Result<void> put_number_series(const std::vector<NumberSeries>& all) = 0;
  // Of all who have a password, in the order of ids.
  [[nodiscard]] virtual Result<std::vector<Account>> accounts() = 0;
  [[nodiscard]] virtual Result<void> put_accounts(const std::vector<Account>& accounts) = 0;
  // In the order of digests.
  [[nodiscard]] virtual Result<std::vector<Session>> sessions() = 0;
  [[nodiscard]] virtual Result<void> put_sessions(const std::vector<Session>& sessions) = 0;
  // A version with its bytes and what was done about it.
  [[nodiscard]] virtual Result<void> put_definition(const DefinitionRecord& record) = 0;
};

}  // namespace mingjian
