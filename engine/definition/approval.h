#pragma once

#include <vector>

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian {

// Who has to sign in one step of an approval.
enum class Signing {
  kAny,  // 或签: one holder of any of the roles; the others need not any more
  kAll,  // 会签: one holder of each of the roles, in any order
};

// What follows when a request that was returned (退回) has been mended.
enum class Resumption {
  kInOrder,        // 逐级重新签批: whoever signed from there on signs anew
  kWhereReturned,  // 直达退回步骤: signatures stay, and the step that returned it has its turn
};

// "any", "all"; "in_order", "where_returned": as definitions write it.
[[nodiscard]] constexpr const char* name_of(Signing signing) {
  return signing == Signing::kAll ? "all" : "any";
}
[[nodiscard]] constexpr const char* name_of(Resumption resumption) {
  return resumption == Resumption::kWhereReturned ? "where_returned" : "in_order";
}

// One step of an approval (审批).
struct ApprovalStep {
  Text title;
  Signing signing = Signing::kAny;
  std::vector<Role> roles;  // each once; kAny where there is one
  std::vector<RuleId> rules;
};

// The signatures that a step needs, each with the roles that can give it.
[[nodiscard]] std::vector<std::vector<Role>> signatures_of(Signing signing,
                                                           const std::vector<Role>& roles);
[[nodiscard]] std::vector<std::vector<Role>> signatures_of(const std::vector<ApprovalStep>& steps);

// Who signs, in words: "主要负责人", "分管负责人或主要负责人" where one of them does, "和" where
// each does.
[[nodiscard]] Text title_of_signers(Signing signing, const std::vector<Role>& roles);

}  // namespace mingjian
