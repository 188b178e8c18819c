#include "engine/definition/approval.h"

#include "engine/access/role.h"

namespace mingjian {

std::vector<std::vector<Role>> signatures_of(Signing signing, const std::vector<Role>& roles) {
  if (signing == Signing::kAny) return {roles};
  std::vector<std::vector<Role>> signatures;
  for (const Role& role : roles) signatures.push_back({role});
  return signatures;
}

std::vector<std::vector<Role>> signatures_of(const std::vector<ApprovalStep>& steps) {
  std::vector<std::vector<Role>> all;
  for (const ApprovalStep& step : steps) {
    for (std::vector<Role>& signature : signatures_of(step.signing, step.roles))
      all.push_back(std::move(signature));
  }
  return all;
}

Text title_of_signers(Signing signing, const std::vector<Role>& roles) {
  const Text mark = signing == Signing::kAll ? Text{"和", " and "} : Text{"或", " or "};
  Text all;
  for (const Role& each : roles) {
    const Text title = role::title(each);
    all.zh += (all.zh.empty() ? "" : mark.zh) + title.zh;
    all.en += (all.en.empty() ? "" : mark.en) + title.en;
  }
  return all;
}

}  // namespace mingjian
