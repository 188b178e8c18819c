#pragma once

#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "adapters/memory/memory_definition_store.h"
#include "engine/base/digest.h"
#include "engine/service/catalogue.h"
#include "tests/support/conformance_files.h"
#include "tests/support/shipped.h"
#include "tests/support/standing_clock.h"

// Versions of a shipped definition, as administrators upload them.
namespace mingjian::testing {

inline constexpr std::int64_t kSecond = 1'000'000;

// The shipped definition of clues with another version.
inline std::string clue_source(std::int64_t version) {
  std::string source = read_file(kWorkflows + "/clue/definition.json");
  const std::string shipped = "\"version\": 1,";
  source.replace(source.find(shipped), shipped.size(),
                 "\"version\": " + std::to_string(version) + ",");
  return source;
}

// The shipped rules and codes, with the definition of clues and no other.
inline Workflows clue_workflows() {
  const Form schema = Form::compile_plain(definition_schema()).value();
  Workflows workflows{shipped_register(), schema, {}};
  workflows.definitions.push_back(load(clue_source(1)).value());
  return workflows;
}

inline DefinitionRecord proposed(const DefinitionVersion& version, Instant at) {
  const DefinitionEvent event{version.id,
                              version.version,
                              DefinitionAct::kProposed,
                              PersonId("li"),
                              at,
                              sha256_hex(version.source),
                              /*opinion=*/{}};
  return {version, event, std::nullopt};
}

inline DefinitionRecord decided(const DefinitionVersion& version, DefinitionAct act, Instant at) {
  DefinitionRecord record = proposed(version, at);
  record.decided = record.proposed;
  record.decided->act = act;
  record.decided->actor = PersonId("sun");
  return record;
}

// Writes it as it stands, without asking whether it is right.
inline void put(DefinitionStore& store, const DefinitionRecord& record) {
  const std::string key = record.version.id + std::to_string(record.version.version);
  ASSERT_TRUE(store.propose(record.version, record.proposed, {PersonId("li"), key, {}, {}, {}}));
  if (!record.decided) return;
  ASSERT_TRUE(store.decide(*record.decided, {PersonId("sun"), key, {}, {}, {}}));
}

}  // namespace mingjian::testing
