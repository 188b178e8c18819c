#include "engine/access/organisation_tree.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mingjian {
namespace {

// Codes of organisation_kinds that handle cases: commissions, stationed teams, work committees.
constexpr std::array<std::string_view, 3> kDisciplineOrgans = {"OK-JW", "OK-PZ", "OK-GGW"};

bool contains(const std::vector<OrganisationId>& ids, const OrganisationId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

OrganisationTree::OrganisationTree(std::vector<Organisation> organisations) {
  for (Organisation& organisation : organisations) {
    children_[organisation.parent].push_back(organisation.id);
    OrganisationId id = organisation.id;
    organisations_.emplace(std::move(id), std::move(organisation));
  }
}

const Organisation* OrganisationTree::find(const OrganisationId& id) const {
  const auto found = organisations_.find(id);
  return found == organisations_.end() ? nullptr : &found->second;
}

std::vector<OrganisationId> OrganisationTree::upwards(const OrganisationId& id) const {
  std::vector<OrganisationId> line;
  for (const Organisation* at = find(id); at != nullptr && !contains(line, at->id);
       at = find(at->parent)) {
    line.push_back(at->id);
  }
  return line;
}

std::vector<OrganisationId> OrganisationTree::downwards(const OrganisationId& id) const {
  std::vector<OrganisationId> all;
  if (find(id) == nullptr) return all;
  all.push_back(id);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto children = children_.find(all[i]);
    if (children == children_.end()) continue;
    for (const OrganisationId& child : children->second) {
      if (!contains(all, child)) all.push_back(child);
    }
  }
  return all;
}

bool OrganisationTree::on_one_line(const OrganisationId& a, const OrganisationId& b) const {
  return contains(upwards(a), b) || contains(upwards(b), a);
}

OrganisationId OrganisationTree::discipline_organ_of(const OrganisationId& id) const {
  for (const OrganisationId& at : upwards(id)) {
    const std::string& kind = find(at)->kind;
    if (std::find(kDisciplineOrgans.begin(), kDisciplineOrgans.end(), kind) !=
        kDisciplineOrgans.end()) {
      return at;
    }
  }
  return id;
}

}  // namespace mingjian
