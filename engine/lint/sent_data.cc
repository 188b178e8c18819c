#include "engine/lint/sent_data.h"

#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

namespace mingjian::lint {
namespace {

constexpr std::size_t kMostGuessed = 4;  // fields; each doubles what there is to try

bool is_required(const Json& schema, const std::string& field) {
  const auto required = schema.find("required");
  return required != schema.end() &&
         std::find(required->begin(), required->end(), field) != required->end();
}

Json value_of(const Json& property, bool required, Guesses& guesses, std::size_t& guessed) {
  if (!property.is_object()) return guard::unknown();
  const auto fixed = property.find("const");
  if (fixed != property.end() && required) return *fixed;
  if (property.value("type", Json()) != "boolean" || !required || guessed >= kMostGuessed) {
    return guard::unknown();
  }
  ++guessed;
  return guesses.choose(2) == 0;
}

}  // namespace

Json sent_data(const Definition& definition, const std::vector<chart::TransitionIndex>& heard_by,
               Guesses& guesses) {
  const Json* schema = nullptr;
  for (const chart::TransitionIndex index : heard_by) {
    const auto& form = definition.transition_notes(index).form;
    if (!form) continue;
    if (schema != nullptr && *schema != form->schema()) return guard::unknown();
    schema = &form->schema();
  }
  if (schema == nullptr) return nullptr;
  Json data = Json::object();
  const auto properties = schema->find("properties");
  if (properties == schema->end()) return guard::unknown();
  std::size_t guessed = 0;
  for (const auto& [field, property] : properties->items()) {
    data[field] = value_of(property, is_required(*schema, field), guesses, guessed);
  }
  return data;
}

}  // namespace mingjian::lint
