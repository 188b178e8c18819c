#pragma once

#include <array>
#include <string_view>

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian::role {

// The roles that a post can carry. A definition names them under "by".
inline const Role kInspector{"inspector"};                           // 承办人
inline const Role kCaseSupervision{"case_supervision"};              // 案件监督管理
inline const Role kDepartmentHead{"department_head"};                // 承办部门负责人
inline const Role kDeputyInCharge{"deputy_in_charge"};               // 分管负责人
inline const Role kMainHead{"main_head"};                            // 主要负责人
inline const Role kTrialOfficer{"trial_officer"};                    // 审理人员
inline const Role kCommitteeMember{"committee_member"};              // 纪委常委
inline const Role kPartyCommittee{"party_committee"};                // 同级党委
inline const Role kAuditor{"auditor"};                               // 审计人员
inline const Role kSystemAdministrator{"system_administrator"};      // 系统管理员
inline const Role kSecurityAdministrator{"security_administrator"};  // 安全保密管理员
inline const Role kAuditAdministrator{"audit_administrator"};        // 安全审计员

inline const std::array kAll = {
    kInspector, kCaseSupervision,     kDepartmentHead,        kDeputyInCharge,
    kMainHead,  kTrialOfficer,        kCommitteeMember,       kPartyCommittee,
    kAuditor,   kSystemAdministrator, kSecurityAdministrator, kAuditAdministrator};

// The name of the role for people; empty texts for a role that does not exist.
[[nodiscard]] Text title(const Role& role);

// Whether there is such a role.
[[nodiscard]] bool exists(const Role& role);

// How high a role stands in the ladder of approval (审批层级, the code table approval_levels): a
// higher level may always approve what a lower one may (R-DEC-013). 0: the role approves nothing.
[[nodiscard]] int approval_level(const Role& role);

// A role whose holder works on the cases of his own team only (承办人、审理人员).
[[nodiscard]] inline bool needs_team(const Role& role) {
  return role == kInspector || role == kTrialOfficer;
}

// A role that reads no case (三员分立).
[[nodiscard]] inline bool administers(const Role& role) {
  return role == kSystemAdministrator || role == kSecurityAdministrator ||
         role == kAuditAdministrator;
}

}  // namespace mingjian::role
