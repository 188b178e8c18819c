#include "engine/case/carry_requests.h"

#include <algorithm>
#include <utility>

#include "engine/case/ask_approval.h"

namespace mingjian {
namespace {

// Decides the fate of one request after another.
class RequestCarrier {
 public:
  RequestCarrier(const Definition& target, const CaseState& moved, const MigrateCase& command,
                 const std::function<std::string()>& fresh_id, Instant now)
      : target_(target), moved_(moved), command_(command), fresh_id_(fresh_id), now_(now) {}

  RequestOutcome carry(const Request& request) const {
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
    outcome.task = TaskId(fresh_id_());
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
    const auto after = unsigned_steps(target_, judgement.transitions);
    if (!ask_the_same(request.steps, after)) {
      const Text old_line = title_of_signers(request.steps);
      const Text new_line = after.empty() ? Text{"无须审批", "nobody"} : title_of_signers(after);
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
  const std::function<std::string()>& fresh_id_;
  Instant now_;
};

}  // namespace

std::vector<RequestOutcome> carry_requests(const std::vector<Request>& requests,
                                           const Definition& target, const CaseState& moved,
                                           const MigrateCase& command,
                                           const std::function<std::string()>& fresh_id,
                                           Instant now) {
  const RequestCarrier carrier(target, moved, command, fresh_id, now);
  std::vector<RequestOutcome> outcomes;
  for (const Request& request : requests) outcomes.push_back(carrier.carry(request));
  return outcomes;
}

}  // namespace mingjian
