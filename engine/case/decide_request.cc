#include "engine/case/decide_request.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/case/json_fields.h"
#include "engine/case/options.h"

namespace mingjian {
namespace {

Obstacle separation(Text message, const RequestStep& step) {
  return {ObstacleKind::kSeparation, std::move(message), step.rules};
}

// What stands between this person and this signature.
std::vector<Obstacle> obstacles_to_signing(const Situation& situation, const Request& request,
                                           const DecideRequest& command) {
  std::vector<Obstacle> obstacles;
  const RequestStep& step = request.steps[static_cast<std::size_t>(request.step)];
  if (!situation.has_role(step.role)) {
    obstacles.push_back({ObstacleKind::kRole,
                         {"此步骤由" + role::title(step.role).zh + "签批",
                          "this step is signed by: " + role::title(step.role).en},
                         step.rules});
  }
  if (request.requested_by == situation.actor) {
    obstacles.push_back(
        separation({"不得审批自己提出的请示", "nobody approves his own request"}, step));
  } else if (situation.state.filed_by == situation.actor) {
    obstacles.push_back(separation(
        {"受理登记人不得审批本案的请示", "who filed the case does not approve in it"}, step));
  }
  const bool signed_before =
      std::any_of(request.steps.begin(), request.steps.end(),
                  [&](const RequestStep& each) { return each.signed_by == situation.actor; });
  if (signed_before) {
    obstacles.push_back(separation(
        {"您已签批过本请示的前一步骤", "you signed an earlier step of this request"}, step));
  }
  const bool has_opinion = command.opinion.find_first_not_of(" \t\r\n") != std::string::npos;
  if (command.decision != Decision::kApprove && !has_opinion) {
    obstacles.push_back({ObstacleKind::kForm,
                         {"不同意或者退回时应写明意见", "refusing or returning needs an opinion"},
                         {},
                         "/opinion"});
  }
  return obstacles;
}

// The same case as its requester saw it: guards that ask about the actor mean him.
Situation as_requester(const Situation& situation, const Request& request) {
  Situation requester = situation;
  requester.actor = request.requested_by;
  requester.roles = request.requested_roles;
  requester.actor_facts = {{"id", request.requested_by.value()},
                           {"roles", fields::ids(request.requested_roles)}};
  return requester;
}

Event envelope(const Situation& situation, Version ahead, Instant now, EventBody body) {
  return {
      situation.state.version + ahead, now, now, situation.actor, situation.roles, std::move(body)};
}

}  // namespace

Decided decide_request(const Situation& situation, const DecideRequest& command,
                       const DecisionInput& input) {
  const auto& requests = situation.state.requests;
  const auto request = std::find_if(requests.begin(), requests.end(), [&](const Request& entry) {
    return entry.task == command.task;
  });
  if (request == requests.end() || request->returned) {
    return tl::unexpected(std::vector{
        Obstacle{ObstacleKind::kState, {"此待办已经办结", "this task is no longer open"}}});
  }
  auto obstacles = obstacles_to_signing(situation, *request, command);
  if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));

  const bool last = static_cast<std::size_t>(request->step) + 1 == request->steps.size();
  const bool fires = command.decision == Decision::kApprove && last;
  const bool goes_on =
      command.decision == Decision::kReturn || (command.decision == Decision::kApprove && !last);
  std::vector<Event> events;
  events.push_back(
      envelope(situation, 1, input.now,
               ApprovalDecided{request->id, request->task, request->step, command.decision,
                               command.opinion, goes_on ? TaskId(input.fresh_ids[0]) : TaskId()}));
  if (!fires) return events;

  const Situation requester = as_requester(situation, *request);
  Judgement judgement = judge_approved(requester, *request, input.now);
  if (!judgement.obstacles.empty()) return tl::unexpected(std::move(judgement.obstacles));
  auto fired = fire(requester, {request->event, request->data, request->id, request->requested_by},
                    input.now);
  if (!fired) return tl::unexpected(std::move(fired.error()));
  events.push_back(envelope(situation, 2, input.now, std::move(*fired)));
  return events;
}

}  // namespace mingjian
