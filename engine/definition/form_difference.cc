#include "engine/definition/form_difference.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

namespace mingjian {
namespace {

struct Field {
  Json own = Json::object();  // its schema without the fields inside it and without titles
  bool required = false;
  Text title;
};

// By path, so that a field comes before the fields inside it.
using Fields = std::map<std::string, Field>;

Text title_of(const Json& schema, const std::string& path) {
  const auto title = schema.find("title");
  if (title == schema.end() || !title->is_object()) return {path, path};
  return {title->value("zh", path), title->value("en", path)};
}

bool requires_field(const Json& schema, const std::string& name) {
  const auto required = schema.find("required");
  return required != schema.end() && required->is_array() &&
         std::find(required->begin(), required->end(), name) != required->end();
}

void collect(const Json& schema, const std::string& path, bool required, Fields& fields) {
  if (!schema.is_object()) return;
  Field field{schema, required, title_of(schema, path)};
  for (const char* key : {"properties", "required", "title", "description"}) field.own.erase(key);
  const auto inside = [&](const std::string& name) {
    return path.empty() ? name : path + "/" + name;
  };
  const auto properties = schema.find("properties");
  if (properties != schema.end() && properties->is_object()) {
    for (const auto& [name, each] : properties->items())
      collect(each, inside(name), requires_field(schema, name), fields);
  }
  const auto items = schema.find("items");
  if (items != schema.end() && items->is_object()) {
    field.own.erase("items");
    collect(*items, inside("*"), false, fields);
  }
  fields.emplace(path, std::move(field));
}

bool inside_any(const std::string& path, const std::vector<std::string>& outer) {
  return std::any_of(outer.begin(), outer.end(),
                     [&](const std::string& each) { return path.starts_with(each + "/"); });
}

// Adds the fields that only `has` has.
void add_missing(const Fields& has, const Fields& lacks, ChangeKind kind,
                 SafeguardEffect if_required, std::vector<FieldChange>& changes) {
  std::vector<std::string> outer;
  for (const auto& [path, field] : has) {
    if (lacks.contains(path) || inside_any(path, outer)) continue;
    outer.push_back(path);
    changes.push_back(
        {kind, field.required ? if_required : SafeguardEffect::kNeutral, path, field.title});
  }
}

void compare(const std::string& path, const Field& from, const Field& to,
             std::vector<FieldChange>& changes) {
  using enum ChangeKind;
  const auto add = [&](ChangeKind kind, SafeguardEffect effect) {
    changes.push_back({kind, effect, path, to.title});
  };
  if (!from.required && to.required) add(kFieldRequired, SafeguardEffect::kStrengthens);
  if (from.required && !to.required) add(kFieldOptional, SafeguardEffect::kWeakens);
  if (from.own.value("type", Json()) != to.own.value("type", Json())) {
    add(kFieldType, SafeguardEffect::kNeutral);
  } else if (from.own != to.own) {
    add(kFieldChanged, SafeguardEffect::kNeutral);
  }
}

}  // namespace

std::vector<FieldChange> form_difference(const Json& from, const Json& to) {
  Fields before;
  Fields after;
  collect(from, "", false, before);
  collect(to, "", false, after);
  std::vector<FieldChange> changes;
  add_missing(before, after, ChangeKind::kFieldRemoved, SafeguardEffect::kWeakens, changes);
  add_missing(after, before, ChangeKind::kFieldAdded, SafeguardEffect::kStrengthens, changes);
  for (const auto& [path, field] : before) {
    const auto same = after.find(path);
    if (same != after.end()) compare(path, field, same->second, changes);
  }
  return changes;
}

}  // namespace mingjian
