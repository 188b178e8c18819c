#pragma once

#include "adapters/sqlite/readers.h"
#include "adapters/sqlite/writer.h"
#include "engine/ports/definition_store.h"

namespace mingjian::sqlite {

// Adds a version, or what was done about one, inside the open transaction: whether it was not there
// before. They throw SQLite::Exception.
[[nodiscard]] bool add_version(Connection& connection, const DefinitionVersion& version);
[[nodiscard]] bool add_event(Connection& connection, const DefinitionEvent& event);

// Uploaded definitions in SQLite. `writer` and `readers` must outlive it. Thread-safe.
class SqliteDefinitionStore : public DefinitionStore {
 public:
  SqliteDefinitionStore(Writer& writer, Readers& readers) : writer_(writer), readers_(readers) {}

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

  Writer& writer_;
  Readers& readers_;
};

}  // namespace mingjian::sqlite
