#pragma once

#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian {

// A definition that may be put in force, and what the check remarks on it all the same.
struct CheckedDefinition {
  Definition definition;
  std::vector<InputError> findings;
};

// The check that an uploaded definition passes when it is proposed and again when it is confirmed.
// Errors forbid it, each with the JSON pointer of its place; at least one.
[[nodiscard]] tl::expected<CheckedDefinition, std::vector<Error>> check_definition(
    std::string source, const Form& schema, const Register& known);

}  // namespace mingjian
