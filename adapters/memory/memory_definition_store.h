#pragma once

#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "engine/ports/definition_store.h"

namespace mingjian {

// Uploaded definitions in memory, gone with the process. Thread-safe.
class MemoryDefinitionStore : public DefinitionStore {
 public:
  Result<Outcome> propose(const DefinitionVersion& version, const DefinitionEvent& proposed,
                          const IdempotencyRecord& answer) override;
  Result<Outcome> decide(const DefinitionEvent& decided, const IdempotencyRecord& answer) override;
  Result<std::optional<IdempotencyRecord>> find_answer(const PersonId& person,
                                                       const std::string& key) override;
  Result<std::vector<DefinitionRecord>> versions() override;
  Result<std::optional<DefinitionRecord>> version(const std::string& id,
                                                  std::int64_t version) override;
  Result<std::vector<DefinitionEvent>> history(const std::string& id) override;

 private:
  std::mutex mutex_;
  std::map<std::pair<std::string, std::int64_t>, DefinitionRecord> records_;
  std::map<std::pair<PersonId, std::string>, IdempotencyRecord> answers_;
};

}  // namespace mingjian
