#include "adapters/memory/memory_definition_store.h"

#include <algorithm>
#include <tuple>

namespace mingjian {

Result<DefinitionStore::Outcome> MemoryDefinitionStore::propose(const DefinitionVersion& version,
                                                                const DefinitionEvent& proposed,
                                                                const IdempotencyRecord& answer) {
  const std::lock_guard lock(mutex_);
  const auto first = answers_.find({answer.person, answer.key});
  if (first != answers_.end()) return Repeated{first->second};
  const bool added =
      records_.try_emplace({version.id, version.version}, version, proposed, std::nullopt).second;
  if (!added) {
    return fail(ErrorKind::kConflict,
                {"已有这个版本", "that version of the definition is there already"});
  }
  answers_[{answer.person, answer.key}] = answer;
  return Committed{};
}

Result<DefinitionStore::Outcome> MemoryDefinitionStore::decide(const DefinitionEvent& decided,
                                                               const IdempotencyRecord& answer) {
  const std::lock_guard lock(mutex_);
  const auto first = answers_.find({answer.person, answer.key});
  if (first != answers_.end()) return Repeated{first->second};
  const auto found = records_.find({decided.definition, decided.version});
  if (found == records_.end()) {
    return fail(ErrorKind::kNotFound,
                {"没有这个版本", "there is no such version of the definition"});
  }
  if (found->second.decided) {
    return fail(ErrorKind::kConflict, {"这个版本已有决定", "that version was decided on already"});
  }
  found->second.decided = decided;
  answers_[{answer.person, answer.key}] = answer;
  return Committed{};
}

Result<std::optional<IdempotencyRecord>> MemoryDefinitionStore::find_answer(
    const PersonId& person, const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = answers_.find({person, key});
  if (found == answers_.end()) return std::nullopt;
  return found->second;
}

Result<std::vector<DefinitionRecord>> MemoryDefinitionStore::versions() {
  const std::lock_guard lock(mutex_);
  std::vector<DefinitionRecord> all;
  for (const auto& [key, record] : records_) {
    all.push_back(record);
    all.back().version.source.clear();
  }
  return all;
}

Result<std::optional<DefinitionRecord>> MemoryDefinitionStore::version(const std::string& id,
                                                                       std::int64_t version) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find({id, version});
  if (found == records_.end()) return std::nullopt;
  return found->second;
}

Result<std::vector<DefinitionEvent>> MemoryDefinitionStore::history(const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::vector<DefinitionEvent> events;
  for (const auto& [key, record] : records_) {
    if (key.first != id) continue;
    events.push_back(record.proposed);
    if (record.decided) events.push_back(*record.decided);
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& one, const auto& other) { return one.at < other.at; });
  return events;
}

}  // namespace mingjian
