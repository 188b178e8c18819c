#pragma once

#include "adapters/mysql/group_writer.h"
#include "adapters/mysql/numbers.h"
#include "adapters/mysql/pool.h"
#include "engine/ports/store.h"

namespace mingjian::mysql {

// Cases in MariaDB or MySQL. `writer` and `pool` must outlive it. Thread-safe.
class MysqlStore : public Store {
 public:
  MysqlStore(GroupWriter& writer, Pool& pool) : writer_(writer), pool_(pool) {}

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
  GroupWriter& writer_;
  Pool& pool_;
  Numbers numbers_{pool_};
};

}  // namespace mingjian::mysql
