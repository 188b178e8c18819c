#pragma once

#include <map>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian::render {

// What a role does in a step.
struct Share {
  bool acts = false;
  std::vector<std::size_t> signs;  // which signatures of the approval, from 1
};

// 权限矩阵: which role may do what, by step, and nothing else.
struct PermissionMatrix {
  struct Row {
    chart::TransitionIndex step = 0;
    std::map<Role, Share> shares;
  };
  std::vector<Role> roles;  // those that have a part, in the order of role::kAll
  std::vector<Row> rows;    // the transitions that a person takes, in document order
};

[[nodiscard]] PermissionMatrix permission_matrix(const Definition& definition);

}  // namespace mingjian::render
