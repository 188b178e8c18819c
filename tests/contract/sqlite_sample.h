#pragma once

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "adapters/sqlite/database.h"
#include "tests/contract/sample.h"

namespace mingjian::testing {

inline std::unique_ptr<SqliteDatabase> open(const std::string& path,
                                            const SqliteOptions& options = {}) {
  auto opened = SqliteDatabase::open(path, options);
  if (!opened) throw std::runtime_error(opened.error().message.en);
  return std::move(*opened);
}

inline bool is_committed(const Result<CommitOutcome>& outcome) {
  return outcome && std::holds_alternative<Committed>(*outcome);
}

// Case `number` with an open task of the same number.
inline Commit filing_with_task(std::uint64_t number) {
  Commit commit = filing(number);
  commit.tasks = {approval(number, number)};
  return commit;
}

// Whether all that filing_with_task() and following() write for a case is there.
inline ::testing::AssertionResult is_whole_case(Store& store, const CaseId& id) {
  const auto head = store.head(id).value();
  if (!head) return ::testing::AssertionFailure() << id.value() << " has no head";
  const auto events = store.events(id, 0, 100'000).value();
  if (events.size() != head->version) {
    return ::testing::AssertionFailure()
           << id.value() << " has " << events.size() << " events at version " << head->version;
  }
  for (const EventRecord& event : events) {
    const std::string key = id.value() + "/" + std::to_string(event.version);
    if (!store.find_answer(head->filed_by, key).value()) {
      return ::testing::AssertionFailure() << key << " has no answer";
    }
  }
  if (!store.task(TaskId(id.value())).value()) {
    return ::testing::AssertionFailure() << id.value() << " has no task";
  }
  return ::testing::AssertionSuccess();
}

}  // namespace mingjian::testing
