#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/definition/definition.h"
#include "engine/ports/clock.h"
#include "engine/ports/definition_store.h"

namespace mingjian {

// What an office begins with: what definitions may refer to, what they look like, and those that
// came with the program. No two of these have the same id and version.
struct Workflows {
  Register known;
  Form schema;
  std::vector<Definition> definitions;
};

// A version that cases may run on. One that came with the program is in force from the beginning
// and was proposed by nobody.
struct CatalogueEntry {
  std::shared_ptr<const Definition> definition;
  Period in_force;
  std::optional<DefinitionEvent> proposed;
  std::optional<DefinitionEvent> confirmed;
};

[[nodiscard]] bool is_confirmed(const DefinitionRecord& record);

// From when to when a version is in force. Requires is_confirmed(record). Nothing is in force for a
// time before it was confirmed.
[[nodiscard]] Period period_in_force(const DefinitionRecord& record);

// The definitions that an office runs, each in all its versions, and the register they rest on:
// those that came with the program and those that two administrators put in force. What another
// process confirmed is noticed within a second. Thread-safe.
//
// Errors of reading: as DefinitionStore; kCorrupt where the bytes in the store are not those that
// two persons signed, can no longer be loaded, or are others than those that the program came with.
class Catalogue {
 public:
  // `store` and `clock` must outlive the catalogue.
  Catalogue(Workflows workflows, DefinitionStore& store, Clock& clock);

  // Reads from the store what was confirmed and is not yet here.
  [[nodiscard]] Result<void> refresh();

  // The version that a case filed at `at` runs on: the newest whose period covers that instant.
  // nullptr where there is none.
  [[nodiscard]] Result<std::shared_ptr<const Definition>> in_force(const std::string& id,
                                                                   Instant at);
  // The same of each definition that has one, by id.
  [[nodiscard]] Result<std::vector<CatalogueEntry>> all_in_force(Instant at);
  // The version that a case runs on, in force or not. nullptr where there is none.
  [[nodiscard]] Result<std::shared_ptr<const Definition>> find(const std::string& id,
                                                               std::int64_t version);
  // All versions of a definition, the oldest first.
  [[nodiscard]] Result<std::vector<CatalogueEntry>> versions(const std::string& id);

  [[nodiscard]] const Register& known() const { return known_; }
  [[nodiscard]] const Form& schema() const { return schema_; }

 private:
  using Versions = std::map<std::int64_t, CatalogueEntry>;

  [[nodiscard]] Result<void> refresh_if_old();
  [[nodiscard]] bool has_confirmed(const std::string& id, std::int64_t version);
  [[nodiscard]] Result<CatalogueEntry> load(const std::string& id, std::int64_t version);
  [[nodiscard]] Result<void> add_confirmed(CatalogueEntry entry);
  [[nodiscard]] std::shared_ptr<const Definition> look_up(const std::string& id,
                                                          std::int64_t version);

  const Register known_;
  const Form schema_;
  DefinitionStore& store_;
  Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Versions> definitions_;
  std::optional<Instant> read_at_;
};

}  // namespace mingjian
