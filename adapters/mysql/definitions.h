#pragma once

#include "adapters/mysql/pool.h"
#include "engine/ports/definition_store.h"

namespace mingjian::mysql {

// A version, and what was done about it, inside the open transaction. They throw
// sql::SQLException, also where there is one already.
[[nodiscard]] bool has_version(Connection& connection, const std::string& id, std::int64_t version);
[[nodiscard]] bool has_decision(Connection& connection, const std::string& id,
                                std::int64_t version);
void add_version(Connection& connection, const DefinitionVersion& version);
void add_event(Connection& connection, const DefinitionEvent& event);

// Uploaded definitions in MariaDB or MySQL. `pool` must outlive it. Thread-safe.
class MysqlDefinitionStore : public DefinitionStore {
 public:
  explicit MysqlDefinitionStore(Pool& pool) : pool_(pool) {}

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
  // Runs `write` unless the key was used before, and keeps the answer with it.
  template <class Write>
  Result<Outcome> write_once(const IdempotencyRecord& answer, Write write);

  Pool& pool_;
};

}  // namespace mingjian::mysql
