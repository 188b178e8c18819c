#include "api/http/handlers/definition_view.h"

#include <nlohmann/json.hpp>

#include "api/http/handlers/views.h"

namespace mingjian::http {
namespace {

// Without what the listing says already.
Json act_json(const std::optional<DefinitionEvent>& event, Names& names) {
  if (!event) return nullptr;
  Json json = {{"by", person_json(event->actor, names)}, {"at", to_rfc3339(event->at)}};
  if (event->act != DefinitionAct::kProposed) json["opinion"] = event->opinion;
  return json;
}

Text words_of(DefinitionAct act) {
  switch (act) {
    case DefinitionAct::kProposed:
      return {"上传", " uploaded "};
    case DefinitionAct::kConfirmed:
      return {"确认", " confirmed "};
    case DefinitionAct::kRejected:
      return {"驳回", " rejected "};
  }
  return {};
}

Text summary(const DefinitionEvent& event, Names& names) {
  const Text* const known = names.find(event.actor);
  const Text who = known == nullptr ? Text{event.actor.value(), event.actor.value()} : *known;
  const Text did = words_of(event.act);
  const std::string number = std::to_string(event.version);
  Text text = {who.zh + did.zh + " " + event.definition + " 第 " + number + " 版",
               who.en + did.en + event.definition + " version " + number};
  if (event.opinion.empty()) return text;
  return {text.zh + "：" + event.opinion, text.en + ": " + event.opinion};
}

}  // namespace

Json definition_json(const CatalogueEntry& entry, Names& names) {
  const Definition& definition = *entry.definition;
  Json json = version_json(listing_of(entry), names);
  json["title"] = text_json(definition.title());
  json["filing"] = {{"title", text_json(definition.filing().title)},
                    {"by", roles_json(definition.filing().by)},
                    {"form", definition.filing().form.schema()}};
  return json;
}

Json version_json(const DefinitionListing& listing, Names& names) {
  Json json = listing_json(listing);
  json["proposed"] = act_json(listing.proposed, names);
  json["decided"] = act_json(listing.decided, names);
  return json;
}

Json definition_event_json(const DefinitionEvent& event, Names& names) {
  return {{"definition", event.definition}, {"version", event.version},
          {"act", name_of(event.act)},      {"actor", person_json(event.actor, names)},
          {"at", to_rfc3339(event.at)},     {"digest", event.digest},
          {"opinion", event.opinion},       {"summary", text_json(summary(event, names))}};
}

}  // namespace mingjian::http
