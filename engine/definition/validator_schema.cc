#include "engine/definition/validator_schema.h"

#include <string>

#include <nlohmann/json.hpp>

#include "engine/definition/form_format.h"

namespace mingjian {

void to_validator_terms(Json& schema) {
  if (schema.is_array()) {
    for (Json& entry : schema) to_validator_terms(entry);
  }
  if (!schema.is_object()) return;
  for (const char* key : {"title", "description", "code", "default"}) schema.erase(key);
  const auto format = schema.find("format");
  if (format != schema.end() && format->is_string() &&
      is_form_format(format->get_ref<const std::string&>())) {
    schema[std::string(kFormatKeyword)] = std::move(*format);
    schema.erase("format");
  }
  for (auto& [key, value] : schema.items()) {
    // Here the keys are names of fields, not keywords.
    const bool names = key == "properties" || key == "patternProperties" || key == "definitions";
    if (names && value.is_object()) {
      for (auto& [name, inner] : value.items()) to_validator_terms(inner);
    } else if (key != "enum" && key != "const") {
      to_validator_terms(value);
    }
  }
}

}  // namespace mingjian
