#include "engine/render/permission_matrix.h"

#include <set>

#include "engine/access/role.h"

namespace mingjian::render {

PermissionMatrix permission_matrix(const Definition& definition) {
  PermissionMatrix matrix;
  std::set<Role> present(definition.filing().by.begin(), definition.filing().by.end());
  const auto& transitions = definition.chart().transitions();
  for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
    const TransitionNotes& notes = definition.transition_notes(index);
    PermissionMatrix::Row row{index, {}};
    for (const Role& role : notes.by) row.shares[role].acts = true;
    for (std::size_t step = 0; step < notes.approval.size(); ++step) {
      for (const Role& role : notes.approval[step].roles)
        row.shares[role].signs.push_back(step + 1);
    }
    if (row.shares.empty()) continue;
    for (const auto& [role, share] : row.shares) present.insert(role);
    matrix.rows.push_back(std::move(row));
  }
  for (const Role& role : role::kAll) {
    if (present.contains(role)) matrix.roles.push_back(role);
  }
  return matrix;
}

}  // namespace mingjian::render
