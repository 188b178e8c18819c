#include "adapters/memory/memory_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

std::set<std::string> stages_of(const std::string& text) {
  std::set<std::string> stages;
  const auto list = nlohmann::json::parse(text, nullptr, false);
  if (!list.is_array()) return stages;
  for (const auto& stage : list) {
    if (stage.is_string()) stages.insert(stage.get<std::string>());
  }
  return stages;
}

template <class T>
bool contains(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

// Only A to Z have two cases here; the locale of the process has no say.
std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool has_text(const CaseHead& head, const std::string& text) {
  const std::string wanted = lower(text);
  return lower(head.number).find(wanted) != std::string::npos ||
         lower(head.title).find(wanted) != std::string::npos;
}

Instant system_now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

bool is_listed(const TaskRow& task, const TaskQuery& query) {
  if (!query.done) return !task.closed_at && concerns(query, task);
  return task.closed_at && !query.person.empty() && task.closed_by == query.person;
}

}  // namespace

Result<CommitOutcome> MemoryStore::commit(Commit commit) {
  if (!is_whole(commit)) {
    return fail(ErrorKind::kInvalidInput, {"事件的版本不连续，没有写入",
                                           "the versions of the events have a gap; not written"});
  }
  const std::lock_guard lock(mutex_);
  const auto first = answers_.find({commit.idempotency.person, commit.idempotency.key});
  if (first != answers_.end()) return Repeated{first->second};
  const auto present = cases_.find(commit.head.id);
  const Version version = present == cases_.end() ? 0 : present->second.head.version;
  if (version != commit.expected) return Stale{version};
  if (number_taken(commit.head)) {
    return fail(ErrorKind::kConflict, {"编号已被使用：" + commit.head.number,
                                       "the number is taken: " + commit.head.number});
  }
  apply(std::move(commit));
  return Committed{};
}

bool MemoryStore::number_taken(const CaseHead& head) const {
  const auto taken = numbers_.find(head.number);
  return taken != numbers_.end() && taken->second != head.id;
}

void MemoryStore::apply(Commit commit) {
  if (commit.timer) set_timer(commit.head.id, *commit.timer);
  StoredCase& stored = cases_[commit.head.id];
  numbers_.erase(stored.head.number);
  stored.head = std::move(commit.head);
  if (!stored.head.number.empty()) numbers_[stored.head.number] = stored.head.id;
  stored.stages = stages_of(stored.head.stages);
  for (EventRecord& event : commit.events) stored.events.push_back(std::move(event));
  if (commit.members) stored.members = std::move(*commit.members);
  const Instant now = system_now();
  for (TaskRow& task : commit.tasks) {
    const TaskId id = task.id;
    changed_[id] = now;
    tasks_[id] = std::move(task);
  }
  AnswerKey key{commit.idempotency.person, commit.idempotency.key};
  answers_.emplace(std::move(key), std::move(commit.idempotency));
}

Result<std::int64_t> MemoryStore::next_number(const std::string& series) {
  const std::lock_guard lock(mutex_);
  return ++series_[series];
}

Result<std::optional<IdempotencyRecord>> MemoryStore::find_answer(const PersonId& person,
                                                                  const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find({person, key});
  if (found == answers_.end()) return std::nullopt;
  return found->second;
}

Result<std::optional<CaseHead>> MemoryStore::head(const CaseId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = cases_.find(id);
  if (found == cases_.end()) return std::nullopt;
  return found->second.head;
}

Result<std::vector<EventRecord>> MemoryStore::events(const CaseId& id, Version after,
                                                     std::size_t limit) {
  const std::lock_guard lock(mutex_);
  const auto found = cases_.find(id);
  std::vector<EventRecord> events;
  if (found == cases_.end()) return events;
  const auto& all = found->second.events;
  for (Version at = after; at < all.size() && events.size() < limit; ++at) {
    events.push_back(all[at]);
  }
  return events;
}

bool MemoryStore::shows(const StoredCase& stored, const CaseQuery& query) {
  const CaseHead& head = stored.head;
  const PersonId& person = query.scope.person;
  const bool own = !person.empty() &&
                   (head.filed_by == person ||
                    std::any_of(stored.members.begin(), stored.members.end(),
                                [&](const MemberRow& member) { return member.person == person; }));
  if (!own && !contains(query.scope.organs, head.organ)) return false;
  if (!query.definition.empty() && head.definition != query.definition) return false;
  if (query.closed && head.closed != *query.closed) return false;
  if (!query.stage.empty() && !stored.stages.contains(query.stage)) return false;
  if (!query.before.empty() && head.id.value() >= query.before) return false;
  return query.text.empty() || has_text(head, query.text);
}

Result<std::vector<CaseHead>> MemoryStore::cases(const CaseQuery& query) {
  const std::lock_guard lock(mutex_);
  std::vector<CaseHead> heads;
  for (auto at = cases_.rbegin(); at != cases_.rend() && heads.size() < query.limit; ++at) {
    if (!shows(at->second, query)) continue;
    heads.push_back(at->second.head);
    heads.back().state.clear();
  }
  return heads;
}

Result<std::vector<TaskListing>> MemoryStore::tasks(const TaskQuery& query) {
  const std::lock_guard lock(mutex_);
  std::vector<TaskListing> tasks;
  for (auto at = tasks_.rbegin(); at != tasks_.rend() && tasks.size() < query.limit; ++at) {
    const TaskRow& task = at->second;
    if (!query.before.empty() && task.id.value() >= query.before) continue;
    if (!is_listed(task, query)) continue;
    const CaseHead& head = cases_.at(task.case_id).head;
    tasks.push_back({task, head.number, head.title});
  }
  return tasks;
}

Result<std::size_t> MemoryStore::count_tasks(const TaskQuery& query) {
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(
      std::count_if(tasks_.begin(), tasks_.end(),
                    [&](const auto& entry) { return is_listed(entry.second, query); }));
}

Result<std::vector<TaskChange>> MemoryStore::changed_tasks(Instant from, const TaskId& after,
                                                           std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Instant, TaskId>> found;
  for (const auto& [id, at] : changed_) {
    if (at > from || (at == from && id > after)) found.emplace_back(at, id);
  }
  std::sort(found.begin(), found.end());
  if (found.size() > limit) found.resize(limit);
  std::vector<TaskChange> changes;
  for (const auto& [at, id] : found) {
    const TaskRow& task = tasks_.at(id);
    const CaseHead& head = cases_.at(task.case_id).head;
    changes.push_back({{task, head.number, head.title}, at});
  }
  return changes;
}

Result<std::optional<TaskRow>> MemoryStore::task(const TaskId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = tasks_.find(id);
  if (found == tasks_.end()) return std::nullopt;
  return found->second;
}

Result<std::vector<CaseId>> MemoryStore::case_ids(const std::string& after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  std::vector<CaseId> ids;
  for (auto at = cases_.upper_bound(CaseId(after)); at != cases_.end() && ids.size() < limit;
       ++at) {
    ids.push_back(at->first);
  }
  return ids;
}

void MemoryStore::set_timer(const CaseId& id, const TimerChange& timer) {
  timers_.erase(id);
  if (timer.due_at) timers_[id] = {*timer.due_at};
}

Result<std::vector<TimerRow>> MemoryStore::claim_timers(const TimerClaim& claim) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::system_clock::now();
  std::vector<TimerRow> rows;
  for (const auto& [id, timer] : timers_) {
    const bool claimed =
        timer.claimed_until > now && timer.claimed_until <= now + claim.longest_believed();
    if (timer.due_at <= claim.due_by && !claimed) rows.push_back({id, timer.due_at});
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const TimerRow& a, const TimerRow& b) { return a.due_at < b.due_at; });
  if (rows.size() > claim.limit) rows.resize(claim.limit);
  for (const TimerRow& row : rows) timers_[row.case_id].claimed_until = now + claim.lease;
  return rows;
}

Result<std::optional<Instant>> MemoryStore::timer(const CaseId& id) {
  const std::lock_guard lock(mutex_);
  const auto found = timers_.find(id);
  if (found == timers_.end()) return std::nullopt;
  return found->second.due_at;
}

Result<void> MemoryStore::mend_timer(const CaseId& id, Version version, const TimerChange& timer) {
  const std::lock_guard lock(mutex_);
  const auto found = cases_.find(id);
  if (found != cases_.end() && found->second.head.version == version) set_timer(id, timer);
  return {};
}

Result<Instant> MemoryStore::now() { return system_now(); }

Result<std::size_t> MemoryStore::drop_answers(Instant before, std::size_t most) {
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<Instant, AnswerKey>> old;
  for (const auto& [key, answer] : answers_) {
    if (answer.at < before) old.emplace_back(answer.at, key);
  }
  std::sort(old.begin(), old.end());
  if (old.size() > most) old.resize(most);
  for (const auto& [at, key] : old) answers_.erase(key);
  return old.size();
}

Result<Readiness> MemoryStore::check() { return Readiness::kAll; }

}  // namespace mingjian
