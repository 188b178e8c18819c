#include "engine/guard/type.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/coercion.h"

namespace mingjian::guard {
namespace {

// The member of a schema that is an object, or nullptr.
const Json* keyword(const Json* schema, const char* name) {
  if (schema == nullptr || !schema->is_object()) return nullptr;
  const auto found = schema->find(name);
  return found == schema->end() ? nullptr : &*found;
}

Kinds kinds_named(const Json& name) {
  if (name == "null") return kNulls;
  if (name == "boolean") return kBooleans;
  if (name == "number" || name == "integer") return kNumbers;
  if (name == "string") return kTexts;
  if (name == "array") return kLists;
  if (name == "object") return kObjects;
  return kAnything;
}

Kinds kinds_of_all(const Json& values) {
  Kinds kinds = 0;
  for (const Json& value : values) kinds |= kind_of(value);
  return kinds;
}

bool requires_member(const Json* schema, const std::string& name) {
  const Json* required = keyword(schema, "required");
  return required != nullptr &&
         std::find(required->begin(), required->end(), name) != required->end();
}

Type nullable(Type type) {
  type.kinds |= kNulls;
  return type;
}

std::optional<Type> member_of_object(const Json* schema, const std::string& name) {
  const Json* properties = keyword(schema, "properties");
  const Json* others = keyword(schema, "additionalProperties");
  if (properties != nullptr && properties->contains(name)) {
    const Type type = type_of_schema(properties->at(name));
    return requires_member(schema, name) ? type : nullable(type);
  }
  if (others != nullptr && others->is_object()) return nullable(type_of_schema(*others));
  // A schema that lists fields means these, even if it does not forbid others.
  const bool open = others != nullptr && *others == true;
  const bool closed = others != nullptr && *others == false;
  if (closed || (properties != nullptr && !open)) return std::nullopt;
  return Type{};
}

}  // namespace

Kinds kind_of(const Json& value) {
  switch (value.type()) {
    case Json::value_t::null:
      return kNulls;
    case Json::value_t::boolean:
      return kBooleans;
    case Json::value_t::string:
      return kTexts;
    case Json::value_t::array:
      return kLists;
    case Json::value_t::object:
      return kObjects;
    default:
      return kNumbers;
  }
}

Type type_of_schema(const Json& schema) {
  if (!schema.is_object()) return {};
  Type type{kAnything, &schema, {}};
  if (const Json* named = keyword(&schema, "type")) {
    type.kinds = 0;
    if (named->is_array()) {
      for (const Json& name : *named) type.kinds |= kinds_named(name);
    } else {
      type.kinds = kinds_named(*named);
    }
  }
  if (const Json* allowed = keyword(&schema, "enum")) type.kinds &= kinds_of_all(*allowed);
  if (const Json* only = keyword(&schema, "const")) type.kinds &= kind_of(*only);
  return type;
}

Type type_of_value(const Json& value) {
  if (!value.is_array()) return {kind_of(value), nullptr, {}};
  Type item{0, nullptr, {}};
  for (const Json& member : value) item = unite(item, type_of_value(member));
  return list_of(std::move(item));
}

Type list_of(Type item) { return {kLists, nullptr, std::make_shared<const Type>(std::move(item))}; }

Type unite(const Type& left, const Type& right) {
  if (left.kinds == 0) return right;
  if (right.kinds == 0) return left;
  Type both{left.kinds | right.kinds, nullptr, {}};
  // What has no members needs no schema, so the other's says it all.
  const bool left_plain = (left.kinds & kStructured) == 0;
  const bool right_plain = (right.kinds & kStructured) == 0;
  if (left.schema == right.schema || (right.kinds == kNulls)) {
    both.schema = left.schema;
  } else if (left.kinds == kNulls) {
    both.schema = right.schema;
  }
  if (left.item && right.item) {
    both.item = std::make_shared<const Type>(unite(*left.item, *right.item));
  } else if (left_plain || right_plain) {
    both.item = left_plain ? right.item : left.item;
  }
  return both;
}

Type item_of(const Type& type) {
  if (type.item) return *type.item;
  const Json* items = keyword(type.schema, "items");
  return items == nullptr ? Type{} : type_of_schema(*items);
}

std::optional<Type> member_of(const Type& type, const PathStep& step) {
  std::optional<Type> member;
  if ((type.kinds & kObjects) != 0) member = member_of_object(type.schema, step.key);
  if ((type.kinds & kLists) != 0 && step.index) {
    const Type item = nullable(item_of(type));
    member = member ? unite(*member, item) : item;
  }
  // Of what is no object nothing comes.
  if (member && type.kinds != kObjects) member->kinds |= kNulls;
  return member;
}

bool lists(const Type& type, const Json& value) {
  const Json* only = keyword(type.schema, "const");
  if (only != nullptr && !strictly_equal(*only, value)) return false;
  const Json* values = values_of(type);
  return values == nullptr || std::any_of(values->begin(), values->end(), [&](const Json& allowed) {
           return strictly_equal(allowed, value);
         });
}

const Json* values_of(const Type& type) { return keyword(type.schema, "enum"); }

std::string format_of(const Type& type) {
  const Json* format = keyword(type.schema, "format");
  return format != nullptr && format->is_string() ? format->get<std::string>() : std::string();
}

}  // namespace mingjian::guard
