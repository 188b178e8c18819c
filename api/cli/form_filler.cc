#include "api/cli/form_filler.h"

#include <nlohmann/json.hpp>

namespace mingjian::cli {
namespace {

// Whether a string occurs anywhere in a value.
bool occurs(const std::string& text, const Json& value) {
  if (value.is_string()) return value == text;
  if (!value.is_structured()) return false;
  for (const Json& inner : value) {
    if (occurs(text, inner)) return true;
  }
  return false;
}

Json choose(const Json& values, const Json& known) {
  for (const Json& value : values) {
    if (value.is_string() && occurs(value.get<std::string>(), known)) return value;
  }
  return values.front();
}

std::string sentence(const Json& schema) {
  const Json title = schema.value("title", Json::object());
  return title.is_object() ? title.value("zh", "") + "：已按规定办理。" : "已按规定办理。";
}

}  // namespace

Json fill_form(const Json& schema, const Json& known, const std::string& day) {
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return choose(schema["enum"], known);
  const std::string type = schema.value("type", "object");
  if (type == "boolean") return true;
  if (type == "integer" || type == "number") return schema.value("minimum", 1);
  if (type == "array") return Json::array({fill_form(schema["items"], known, day)});
  if (type == "string")
    return schema.value("format", "") == "date" ? Json(day) : Json(sentence(schema));
  Json object = Json::object();
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [name, property] : properties.items())
    object[name] = fill_form(property, known, day);
  return object;
}

}  // namespace mingjian::cli
