#pragma once

#include <string>
#include <vector>

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/definition/difference.h"

namespace mingjian {

// A field of a form that is not as it was.
struct FieldChange {
  ChangeKind kind;  // kFieldAdded .. kFieldChanged
  SafeguardEffect effect;
  std::string path;  // names joined with "/"; "*" stands for each entry of a list
  Text title;        // the path itself where the field has no title
};

// The fields in which two JSON Schemas differ, by path. Of a field that was added or removed the
// fields inside it are not listed.
[[nodiscard]] std::vector<FieldChange> form_difference(const Json& from, const Json& to);

}  // namespace mingjian
