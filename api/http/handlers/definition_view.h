#pragma once

#include "api/http/handlers/names.h"
#include "engine/base/json.h"
#include "engine/service/definition_listing.h"

// What the API shows of the versions of definitions, and of what was done about them.
namespace mingjian::http {

// A definition in force, with how a case of it is filed.
[[nodiscard]] Json definition_json(const CatalogueEntry& entry, Names& names);
[[nodiscard]] Json version_json(const DefinitionListing& listing, Names& names);
// With a sentence that says it all.
[[nodiscard]] Json definition_event_json(const DefinitionEvent& event, Names& names);

}  // namespace mingjian::http
