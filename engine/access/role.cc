#include "engine/access/role.h"

#include <algorithm>
#include <utility>

namespace mingjian::role {
namespace {

// In a function, so that the roles above exist before the table does.
const auto& titles() {
  static const std::array<std::pair<Role, Text>, kAll.size()> kTitles = {{
      {kInspector, {"承办人", "inspector"}},
      {kCaseSupervision, {"案件监督管理", "case supervision"}},
      {kDepartmentHead, {"承办部门负责人", "department head"}},
      {kDeputyInCharge, {"分管负责人", "deputy in charge"}},
      {kMainHead, {"主要负责人", "main head"}},
      {kTrialOfficer, {"审理人员", "trial officer"}},
      {kCommitteeMember, {"纪委常委", "committee member"}},
      {kPartyCommittee, {"同级党委", "party committee"}},
      {kAuditor, {"审计人员", "auditor"}},
      {kSystemAdministrator, {"系统管理员", "system administrator"}},
      {kSecurityAdministrator, {"安全保密管理员", "security administrator"}},
      {kAuditAdministrator, {"安全审计员", "audit administrator"}},
  }};
  return kTitles;
}

}  // namespace

Text title(const Role& role) {
  const auto found = std::find_if(titles().begin(), titles().end(),
                                  [&](const auto& entry) { return entry.first == role; });
  return found == titles().end() ? Text{} : found->second;
}

bool exists(const Role& role) { return std::find(kAll.begin(), kAll.end(), role) != kAll.end(); }

int approval_level(const Role& role) {
  const std::array<std::pair<Role, int>, 6> levels = {{{kInspector, 1},
                                                       {kDepartmentHead, 2},
                                                       {kDeputyInCharge, 3},
                                                       {kMainHead, 4},
                                                       {kCommitteeMember, 5},
                                                       {kPartyCommittee, 7}}};
  const auto found = std::find_if(levels.begin(), levels.end(),
                                  [&](const auto& entry) { return entry.first == role; });
  return found == levels.end() ? 0 : found->second;
}

}  // namespace mingjian::role
