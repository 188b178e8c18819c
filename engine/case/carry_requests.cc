#include "engine/case/carry_requests.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "engine/access/role.h"
#include "engine/case/options.h"

namespace mingjian {
namespace {

Text signers(const std::vector<Role>& roles) {
  Text all;
  for (const Role& each : roles) {
    all.zh += (all.zh.empty() ? "" : "、") + role::title(each).zh;
    all.en += (all.en.empty() ? "" : ", ") + role::title(each).en;
  }
  return roles.empty() ? Text{"无须审批", "nobody"} : all;
}

// Decides the fate of one request after another.
class RequestCarrier {
 public:
  RequestCarrier(const Definition& target, const CaseState& moved, const MigrateCase& command,
                 Instant now)
      : target_(target), moved_(moved), command_(command), now_(now) {}

  RequestOutcome carry(const Request& request, const TaskId& fresh) const {
    RequestOutcome outcome{.request = request.id,
                           .fate = RequestFate::kCarried,
                           .reason = {},
                           .task = {},
                           .source = counterpart(command_.states, request.source),
                           .transitions = {}};
    const auto situation =
        situation_of(target_, moved_, request.requested_by, request.requested_roles);
    if (!situation || !step_is_there(*situation, outcome.source, request.event)) {
      outcome.fate = RequestFate::kEnded;
      outcome.source.clear();
      outcome.reason = {"新版本在此处没有“" + request.title.zh + "”这一步骤",
                        "the new version has no step \"" + request.title.en + "\" here"};
      return outcome;
    }
    const Judgement judgement = judge(*situation, request.event, &request.data, now_);
    for (const auto index : judgement.transitions)
      outcome.transitions.push_back(target_.chart().transition(index).pointer);
    if (request.returned) return outcome;
    outcome.reason = reason_to_return(request, judgement);
    if (outcome.reason.zh.empty()) return outcome;
    outcome.fate = RequestFate::kReturned;
    outcome.task = fresh;
    return outcome;
  }

 private:
  bool step_is_there(const Situation& situation, const std::string& source,
                     const std::string& event) const {
    const auto state = target_.chart().find(source);
    if (!state || !situation.snapshot.configuration.contains(*state)) return false;
    const auto& transitions = target_.chart().transitions();
    return std::any_of(transitions.begin(), transitions.end(), [&](const auto& transition) {
      return transition.source == *state && transition.trigger == chart::Trigger::kEvent &&
             transition.event.matches(event);
    });
  }

  Text reason_to_return(const Request& request, const Judgement& judgement) const {
    if (!judgement.obstacles.empty()) {
      const Text& why = judgement.obstacles.front().message;
      return {"按新版本此步骤现在不能办理：" + why.zh,
              "under the new version this step is not possible now: " + why.en};
    }
    std::vector<Role> before;
    for (const RequestStep& step : request.steps) before.push_back(step.role);
    std::vector<Role> after;
    for (const auto index : judgement.transitions) {
      for (const ApprovalStep& step : target_.transition_notes(index).approval)
        after.push_back(step.role);
    }
    if (before != after) {
      const Text old_line = signers(before);
      const Text new_line = signers(after);
      return {"审批步骤不同：原为" + old_line.zh + "，现为" + new_line.zh,
              "the approval differs: it was " + old_line.en + ", it is now " + new_line.en};
    }
    if (command_.carry.signatures == SignatureRule::kAskAgain) {
      return {"按迁移的规则应重新提请审批", "by the rule of this migration approval is asked anew"};
    }
    return {};
  }

  const Definition& target_;
  const CaseState& moved_;
  const MigrateCase& command_;
  Instant now_;
};

}  // namespace

std::vector<RequestOutcome> carry_requests(const std::vector<Request>& requests,
                                           const Definition& target, const CaseState& moved,
                                           const MigrateCase& command,
                                           const std::vector<TaskId>& task_ids, Instant now) {
  assert(task_ids.size() >= requests.size());
  const RequestCarrier carrier(target, moved, command, now);
  std::vector<RequestOutcome> outcomes;
  for (std::size_t i = 0; i < requests.size(); ++i)
    outcomes.push_back(carrier.carry(requests[i], task_ids[i]));
  return outcomes;
}

}  // namespace mingjian
