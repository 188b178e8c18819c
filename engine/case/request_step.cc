#include "engine/case/request_step.h"

#include <algorithm>

namespace mingjian {

std::vector<Role> roles_of(const RequestStep& step) {
  std::vector<Role> roles;
  for (const Signer& signer : step.signers) roles.push_back(signer.role);
  return roles;
}

bool RequestStep::complete() const {
  const auto has_signed = [](const Signer& signer) { return signer.has_signed(); };
  return signing == Signing::kAll ? std::all_of(signers.begin(), signers.end(), has_signed)
                                  : std::any_of(signers.begin(), signers.end(), has_signed);
}

bool RequestStep::is_signed_by(const PersonId& person) const {
  return std::any_of(signers.begin(), signers.end(),
                     [&](const Signer& signer) { return signer.signed_by == person; });
}

RequestStep unsigned_step(const ApprovalStep& step) {
  RequestStep fresh{step.title, step.signing, {}, step.rules};
  for (const Role& role : step.roles) fresh.signers.push_back({role, {}, {}, {}, {}});
  return fresh;
}

bool ask_the_same(const std::vector<RequestStep>& a, const std::vector<RequestStep>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const RequestStep& one, const RequestStep& other) {
                      return one.signing == other.signing && roles_of(one) == roles_of(other);
                    });
}

Text title_of_signers(const std::vector<RequestStep>& steps) {
  Text all;
  for (const RequestStep& step : steps) {
    const Text title = title_of_signers(step.signing, roles_of(step));
    all.zh += (all.zh.empty() ? "" : "、") + title.zh;
    all.en += (all.en.empty() ? "" : ", ") + title.en;
  }
  return all;
}

}  // namespace mingjian
