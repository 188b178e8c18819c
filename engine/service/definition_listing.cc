#include "engine/service/definition_listing.h"

#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

Json instant_json(const std::optional<Instant>& instant) {
  return instant ? Json(to_rfc3339(*instant)) : Json();
}

}  // namespace

DefinitionListing listing_of(const CatalogueEntry& entry) {
  return {.id = entry.definition->id(),
          .version = entry.definition->version(),
          .digest = entry.definition->digest(),
          .state = DefinitionAct::kConfirmed,
          .in_force = entry.in_force,
          .proposed = entry.proposed,
          .decided = entry.confirmed};
}

DefinitionListing listing_of(const DefinitionRecord& record) {
  return {.id = record.version.id,
          .version = record.version.version,
          .digest = record.proposed.digest,
          .state = record.decided ? record.decided->act : record.proposed.act,
          .in_force = is_confirmed(record) ? period_in_force(record) : record.version.asked,
          .proposed = record.proposed,
          .decided = record.decided};
}

std::string name_of(DefinitionAct act) {
  switch (act) {
    case DefinitionAct::kProposed:
      return "proposed";
    case DefinitionAct::kConfirmed:
      return "confirmed";
    case DefinitionAct::kRejected:
      return "rejected";
  }
  return "unknown";
}

Json listing_json(const DefinitionListing& listing) {
  return {{"id", listing.id},
          {"version", listing.version},
          {"digest", listing.digest},
          {"state", name_of(listing.state)},
          {"in_force_from", instant_json(listing.in_force.from)},
          {"in_force_until", instant_json(listing.in_force.until)}};
}

}  // namespace mingjian
