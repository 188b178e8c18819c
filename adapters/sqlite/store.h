#pragma once

#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/writer.h"
#include "engine/ports/store.h"

namespace mingjian::sqlite {

// Cases in SQLite. `writer` and `readers` must outlive it. Thread-safe.
class SqliteStore : public Store {
 public:
  SqliteStore(Writer& writer, Readers& readers) : writer_(writer), readers_(readers) {}

  Result<CommitOutcome> commit(Commit commit) override;
  Result<std::int64_t> next_number(const std::string& series) override;
  Result<std::optional<IdempotencyRecord>> find_answer(const PersonId& person,
                                                       const std::string& key) override;
  Result<std::optional<CaseHead>> head(const CaseId& id) override;
  Result<std::vector<EventRecord>> events(const CaseId& id, Version after,
                                          std::size_t limit) override;
  Result<std::vector<CaseHead>> cases(const CaseQuery& query) override;
  Result<std::vector<TaskListing>> tasks(const TaskQuery& query) override;
  Result<std::size_t> count_tasks(const TaskQuery& query) override;
  Result<std::optional<TaskRow>> task(const TaskId& id) override;
  Result<std::vector<TaskChange>> changed_tasks(Instant from, const TaskId& after,
                                                std::size_t limit) override;
  Result<std::vector<CaseId>> case_ids(const std::string& after, std::size_t limit) override;
  Result<std::vector<TimerRow>> claim_timers(const TimerClaim& claim) override;
  Result<std::optional<Instant>> timer(const CaseId& id) override;
  Result<void> mend_timer(const CaseId& id, Version version, const TimerChange& timer) override;
  Result<Instant> now() override;
  Result<std::size_t> drop_answers(Instant before, std::size_t most) override;
  Result<Readiness> check() override;

 private:
  Writer& writer_;
  Readers& readers_;
};

}  // namespace mingjian::sqlite
