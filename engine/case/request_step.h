#pragma once

#include <cstddef>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/instant.h"
#include "engine/base/text.h"
#include "engine/definition/approval.h"

namespace mingjian {

// Who is to sign in a step, and has.
struct Signer {
  Role role;           // any holder of it, on the case
  PersonId person;     // this person alone, for the role, where it was handed over; empty: any
  TaskId task;         // open: it is his turn; empty before and after
  Instant opened_at;   // of the task
  PersonId signed_by;  // empty: not yet

  [[nodiscard]] bool has_signed() const { return !signed_by.empty(); }
  void close_task() {
    task = {};
    opened_at = {};
  }
  bool operator==(const Signer&) const = default;
};

// A step of a request, as it was when the request was made.
struct RequestStep {
  Text title;
  Signing signing = Signing::kAny;
  std::vector<Signer> signers;
  std::vector<RuleId> rules;

  // Whether as many have signed as must.
  [[nodiscard]] bool complete() const;
  [[nodiscard]] bool is_signed_by(const PersonId& person) const;
  bool operator==(const RequestStep&) const = default;
};

// A step of an approval as a request begins with it.
[[nodiscard]] RequestStep unsigned_step(const ApprovalStep& step);

[[nodiscard]] std::vector<Role> roles_of(const RequestStep& step);

// Whether the same roles sign in the same way, step by step.
[[nodiscard]] bool ask_the_same(const std::vector<RequestStep>& a,
                                const std::vector<RequestStep>& b);

// Who signs, step by step: "承办部门负责人、分管负责人或主要负责人".
[[nodiscard]] Text title_of_signers(const std::vector<RequestStep>& steps);

}  // namespace mingjian
