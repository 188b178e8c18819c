#pragma once

#include <unordered_map>
#include <vector>

#include "engine/base/ids.h"
#include "engine/ports/directory.h"

namespace mingjian {

// The organisations of an office (组织树). Immutable, thread-safe. A parent that is not there, or a
// ring of parents, ends the way up.
class OrganisationTree {
 public:
  OrganisationTree() = default;
  explicit OrganisationTree(std::vector<Organisation> organisations);

  [[nodiscard]] const Organisation* find(const OrganisationId& id) const;

  // The organisation itself, its parent, and so on up to the root.
  [[nodiscard]] std::vector<OrganisationId> upwards(const OrganisationId& id) const;

  // The organisation itself and all below it.
  [[nodiscard]] std::vector<OrganisationId> downwards(const OrganisationId& id) const;

  // Whether one of the two is the other or above it.
  [[nodiscard]] bool on_one_line(const OrganisationId& a, const OrganisationId& b) const;

  // The nearest discipline organ (纪检监察机关) at or above `id`; `id` itself where there is none.
  [[nodiscard]] OrganisationId discipline_organ_of(const OrganisationId& id) const;

 private:
  std::unordered_map<OrganisationId, Organisation> organisations_;
  std::unordered_map<OrganisationId, std::vector<OrganisationId>> children_;
};

}  // namespace mingjian
