#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/service/catalogue.h"

namespace mingjian {

// A version of a definition as lists show it.
struct DefinitionListing {
  std::string id;
  std::int64_t version = 0;
  std::string digest;
  DefinitionAct state = DefinitionAct::kConfirmed;  // what was done about it last
  Period in_force;                                  // as asked for, unless it is confirmed
  std::optional<DefinitionEvent> proposed;          // nothing: it came with the program
  std::optional<DefinitionEvent> decided;
};

[[nodiscard]] DefinitionListing listing_of(const CatalogueEntry& entry);
[[nodiscard]] DefinitionListing listing_of(const DefinitionRecord& record);

// "proposed", "confirmed" or "rejected".
[[nodiscard]] std::string name_of(DefinitionAct act);
// {"id", "version", "digest", "state", "in_force_from", "in_force_until"}
[[nodiscard]] Json listing_json(const DefinitionListing& listing);

}  // namespace mingjian
