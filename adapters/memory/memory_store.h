#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "engine/ports/store.h"

namespace mingjian {

// Cases in memory, gone with the process: for tests and trials. It keeps the contract of Store but
// for durability. Thread-safe.
class MemoryStore : public Store {
 public:
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
  struct StoredCase {
    CaseHead head;
    std::set<std::string> stages;
    std::vector<EventRecord> events;  // event of version v at v - 1
    std::vector<MemberRow> members;
  };
  struct Timer {
    Instant due_at;
    std::chrono::system_clock::time_point claimed_until = {};
  };
  using AnswerKey = std::pair<PersonId, std::string>;

  [[nodiscard]] bool number_taken(const CaseHead& head) const;
  void apply(Commit commit);
  void set_timer(const CaseId& id, const TimerChange& timer);
  [[nodiscard]] static bool shows(const StoredCase& stored, const CaseQuery& query);

  std::mutex mutex_;
  std::map<CaseId, StoredCase> cases_;
  std::map<TaskId, TaskRow> tasks_;
  std::map<CaseId, Timer> timers_;
  std::map<TaskId, Instant> changed_;  // when each was last written
  std::map<AnswerKey, IdempotencyRecord> answers_;
  std::map<std::string, CaseId> numbers_;
  std::map<std::string, std::int64_t> series_;
};

}  // namespace mingjian
