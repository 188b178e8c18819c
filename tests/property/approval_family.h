#pragma once

#include <random>
#include <vector>

#include "engine/access/permission.h"
#include "tests/support/small_definition.h"

// Small procedures that differ in one approval, and an office that is large enough for all of them.
namespace mingjian::testing {

// The roles that sign.
[[nodiscard]] const std::vector<Role>& signing_roles();

// 1 to 4 steps, each of 1 to 4 signers of whom any or all sign, with either resumption. Who began
// may be kept apart from what is approved.
[[nodiscard]] Definition random_approval(std::mt19937& random);

// Of every role as many as one approval can need, some who hold two, and inspectors who sign too.
[[nodiscard]] std::vector<Person> approval_office();

}  // namespace mingjian::testing
