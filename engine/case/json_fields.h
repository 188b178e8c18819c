#pragma once

#include <string>
#include <vector>

#include "engine/case/event.h"
#include "engine/case/state.h"

// The parts that events and heads have in common, as JSON. Readers throw nlohmann's exceptions for
// a wrong shape; the two callers turn them into kCorrupt.
namespace mingjian {

// "approve", "refuse", "return".
[[nodiscard]] std::string name_of(Decision decision);

namespace fields {

[[nodiscard]] Json to_json(const Text& text);
[[nodiscard]] Json to_json(const DefinitionReference& reference);
[[nodiscard]] Json to_json(const Signer& signer);
[[nodiscard]] Json to_json(const RequestStep& step);
// Whether to_json(step) leaves the task of its signer to be told elsewhere.
[[nodiscard]] bool has_short_form(const RequestStep& step);
[[nodiscard]] Json to_json(const AttachMaterial& material);

[[nodiscard]] Text text(const Json& json);
[[nodiscard]] DefinitionReference definition_reference(const Json& json);
[[nodiscard]] std::vector<RequestStep> request_steps(const Json& json);
[[nodiscard]] AttachMaterial attach_material(const Json& json);
[[nodiscard]] Decision decision(const Json& json);
// Of a request, in which it is left out where it is kInOrder.
[[nodiscard]] Resumption resumption(const Json& request);
[[nodiscard]] std::vector<Role> roles(const Json& json);

template <class Entry>
[[nodiscard]] Json list(const std::vector<Entry>& entries) {
  Json json = Json::array();
  for (const Entry& entry : entries) json.push_back(to_json(entry));
  return json;
}

template <class Name>
[[nodiscard]] Json ids(const std::vector<Name>& names) {
  Json json = Json::array();
  for (const Name& name : names) json.push_back(name.value());
  return json;
}

template <class Name>
[[nodiscard]] std::vector<Name> ids_from(const Json& json) {
  std::vector<Name> names;
  for (const Json& entry : json) names.emplace_back(entry.get<std::string>());
  return names;
}

}  // namespace fields
}  // namespace mingjian
