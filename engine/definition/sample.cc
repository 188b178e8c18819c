#include "engine/definition/sample.h"

#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

bool occurs(const Json& wanted, const Json& value) {
  if (value == wanted) return true;
  if (!value.is_structured()) return false;
  for (const Json& inner : value) {
    if (occurs(wanted, inner)) return true;
  }
  return false;
}

std::string sentence(const Json& schema) {
  const Json title = schema.value("title", Json::object());
  return title.is_object() ? title.value("zh", "") + "：已按规定办理。" : "已按规定办理。";
}

}  // namespace

Chooser choose_known(const Json& known) {
  return [known](const Json& values) {
    for (const Json& value : values) {
      if (value.is_string() && occurs(value, known)) return value;
    }
    return values.front();
  };
}

Json sample(const Json& schema, const Chooser& choose, const std::string& day) {
  if (schema.contains("const")) return schema["const"];
  if (schema.contains("enum")) return choose(schema["enum"]);
  const std::string type = schema.value("type", "object");
  if (type == "boolean") return choose({true, false});
  if (type == "integer" || type == "number") return schema.value("minimum", 1);
  if (type == "array") return Json::array({sample(schema["items"], choose, day)});
  if (type == "string")
    return schema.value("format", "") == "date" ? Json(day) : Json(sentence(schema));
  Json object = Json::object();
  const Json properties = schema.value("properties", Json::object());
  for (const auto& [name, property] : properties.items())
    object[name] = sample(property, choose, day);
  return object;
}

}  // namespace mingjian
