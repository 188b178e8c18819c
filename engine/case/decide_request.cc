#include "engine/case/decide_request.h"

#include <utility>

#include "engine/base/blank.h"
#include "engine/case/json_fields.h"
#include "engine/case/options.h"
#include "engine/case/signing.h"
#include "engine/case/turns.h"

namespace mingjian {
namespace {

// What is wrong with the command itself.
std::vector<Obstacle> input_obstacles(const Request& request, const DecideRequest& command) {
  std::vector<Obstacle> obstacles;
  const auto& rules = request.present().rules;
  if (command.decision != Decision::kApprove && blank(command.opinion)) {
    obstacles.push_back({ObstacleKind::kForm,
                         {"不同意或者退回时应写明意见", "refusing or returning needs an opinion"},
                         rules,
                         "/opinion"});
  }
  if (!command.return_to) return obstacles;
  const bool earlier = *command.return_to >= 0 && *command.return_to < request.step;
  if (command.decision != Decision::kReturn || !earlier) {
    obstacles.push_back({ObstacleKind::kForm,
                         {"只能退回到已经签批过的前面步骤；退回补正时不填",
                          "only an earlier step can be returned to, by a return; leave it out to "
                          "return to the requester"},
                         rules,
                         "/return_to"});
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
  const Request* const request = request_of(situation.state, command.task);
  if (request == nullptr) {
    return tl::unexpected(std::vector{
        Obstacle{ObstacleKind::kState, {"此待办已经办结", "this task is no longer open"}}});
  }
  const Signer& signer = *request->signer_of(command.task);
  auto obstacles =
      obstacles_to_signing(situation, *request, signer, situation.actor, situation.roles);
  for (Obstacle& obstacle : input_obstacles(*request, command))
    obstacles.push_back(std::move(obstacle));
  if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));

  ApprovalDecided decided{.request = request->id,
                          .task = command.task,
                          .step = request->step,
                          .decision = command.decision,
                          .opinion = command.opinion,
                          .next_tasks = {},
                          .return_to = command.return_to};
  Request after = *request;
  follow(after, decided, situation.actor);
  const bool approved = !after.returned && !after.awaits_signers();
  if (command.decision != Decision::kRefuse) {
    for (std::size_t i = tasks_to_open(after); i > 0; --i)
      decided.next_tasks.emplace_back(input.fresh_id());
  }
  std::vector<Event> events;
  events.push_back(envelope(situation, 1, input.now, std::move(decided)));
  if (!approved) return events;

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
