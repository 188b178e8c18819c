#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/base/json.h"
#include "engine/guard/path.h"

namespace mingjian::guard {

// Sets of kinds of JSON values.
using Kinds = unsigned;
inline constexpr Kinds kNulls = 1;
inline constexpr Kinds kBooleans = 2;
inline constexpr Kinds kNumbers = 4;
inline constexpr Kinds kTexts = 8;
inline constexpr Kinds kLists = 16;
inline constexpr Kinds kObjects = 32;
inline constexpr Kinds kStructured = kLists | kObjects;
inline constexpr Kinds kAnything = kNulls | kBooleans | kNumbers | kTexts | kStructured;

// What is known of a value before there is one: at least all kinds that it can have.
struct Type {
  Kinds kinds = kAnything;
  const Json* schema = nullptr;           // JSON Schema of it; nullptr: not known
  std::shared_ptr<const Type> item = {};  // the members of a list that a rule makes
};

// What a condition gives.
[[nodiscard]] inline Type truth() { return {kBooleans, nullptr, {}}; }

// The kind of one value.
[[nodiscard]] Kinds kind_of(const Json& value);

// What `schema` (draft-07, the keywords of forms) says of a value, which must outlive the type.
[[nodiscard]] Type type_of_schema(const Json& schema);

// The type of a literal.
[[nodiscard]] Type type_of_value(const Json& value);

// A list that a rule makes of such members.
[[nodiscard]] Type list_of(Type item);

// Either of the two.
[[nodiscard]] Type unite(const Type& left, const Type& right);

// The members of a value where it is a list.
[[nodiscard]] Type item_of(const Type& type);

// What `step` leads to, null included where it may lead to nothing. Nothing: no value of this type
// has such a member.
[[nodiscard]] std::optional<Type> member_of(const Type& type, const PathStep& step);

// Whether the schema lets `value` be among those that it lists ("enum", "const"); true where it
// lists none.
[[nodiscard]] bool lists(const Type& type, const Json& value);

// The list of "enum", or nullptr.
[[nodiscard]] const Json* values_of(const Type& type);

// The "format" of the schema, or "".
[[nodiscard]] std::string format_of(const Type& type);

}  // namespace mingjian::guard
