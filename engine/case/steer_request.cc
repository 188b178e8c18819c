#include "engine/case/steer_request.h"

#include <utility>

#include "engine/base/blank.h"
#include "engine/case/signing.h"
#include "engine/case/turns.h"

namespace mingjian {
namespace {

Decided refuse(ObstacleKind kind, Text message, std::string pointer = {}) {
  return tl::unexpected(std::vector{Obstacle{kind, std::move(message), {}, std::move(pointer)}});
}

Decided no_request() {
  return refuse(ObstacleKind::kState,
                {"没有这个请示，或者已经办结", "there is no such request, or it has ended"});
}

Decided no_reason() {
  return refuse(ObstacleKind::kForm, {"不能为空", "must not be empty"}, "/reason");
}

Decided one(const Situation& situation, Instant now, EventBody body) {
  return std::vector{Event{situation.state.version + 1, now, now, situation.actor, situation.roles,
                           std::move(body)}};
}

// The step in which the person's signature can still be taken back.
std::optional<std::int64_t> step_to_reopen(const Request& request, const PersonId& person) {
  if (!request.awaits_signers()) return std::nullopt;
  for (const std::int64_t step : {request.step, request.retractable}) {
    if (step >= 0 && request.steps[static_cast<std::size_t>(step)].is_signed_by(person))
      return step;
  }
  return std::nullopt;
}

// What stands between the person to whom a task is handed over and his signature.
std::vector<Obstacle> obstacles_to_taking_over(const Situation& situation, const Request& request,
                                               const Signer& signer, const PersonId& person,
                                               const Actor* known) {
  std::vector<Role> roles;
  if (known != nullptr) roles = roles_on(*known, relation_of(situation.state));
  auto obstacles = obstacles_to_signing(situation, request, signer, person, roles);
  for (Obstacle& obstacle : obstacles) {
    obstacle.message = {"此人不能签批：" + obstacle.message.zh,
                        "that person cannot sign: " + obstacle.message.en};
    obstacle.pointer = "/person";
  }
  return obstacles;
}

}  // namespace

Decided hand_over(const Situation& situation, const HandOverTask& command,
                  const DecisionInput& input) {
  const Request* const request = request_of(situation.state, command.task);
  if (request == nullptr)
    return refuse(ObstacleKind::kState, {"此待办已经办结", "this task is no longer open"});
  const Signer& signer = *request->signer_of(command.task);
  Signer whoever = signer;
  whoever.person = {};
  auto obstacles =
      obstacles_to_signing(situation, *request, whoever, situation.actor, situation.roles);
  if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));
  if (blank(command.reason)) return no_reason();
  if (command.to == (signer.person.empty() ? situation.actor : signer.person)) {
    return refuse(ObstacleKind::kForm, {"此件本来就由此人签批", "it is that person's already"},
                  "/person");
  }
  obstacles = obstacles_to_taking_over(situation, *request, whoever, command.to, input.assignee);
  if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));
  return one(situation, input.now,
             TaskHandedOver{request->id, command.task, command.to, TaskId(input.fresh_id()),
                            command.reason});
}

Decided withdraw(const Situation& situation, const WithdrawRequest& command,
                 const DecisionInput& input) {
  const Request* const request = find_request(situation.state, command.request);
  if (request == nullptr) return no_request();
  if (request->requested_by != situation.actor) {
    return refuse(ObstacleKind::kRole,
                  {"只有提出请示的人可以撤回", "only who made the request can withdraw it"});
  }
  if (blank(command.reason)) return no_reason();
  return one(situation, input.now, RequestWithdrawn{request->id, command.reason});
}

Decided take_back(const Situation& situation, const TakeBackSignature& command,
                  const DecisionInput& input) {
  const Request* const request = find_request(situation.state, command.request);
  if (request == nullptr) return no_request();
  const auto step = step_to_reopen(*request, situation.actor);
  if (!step) {
    return refuse(ObstacleKind::kState,
                  {"没有可以收回的签批：您没有签过，或者后面的人已经办理",
                   "there is no signature to take back: you gave none, or the next has acted"});
  }
  if (blank(command.reason)) return no_reason();
  Request after = *request;
  take_back(after, *step, situation.actor);
  SignatureTakenBack taken{request->id, *step, {}, command.reason};
  for (std::size_t i = tasks_to_open(after); i > 0; --i) taken.tasks.emplace_back(input.fresh_id());
  return one(situation, input.now, std::move(taken));
}

Decided urge(const Situation& situation, const UrgeRequest& command, const DecisionInput& input) {
  const Request* const request = find_request(situation.state, command.request);
  if (request == nullptr) return no_request();
  return one(situation, input.now, RequestUrged{request->id, command.text});
}

}  // namespace mingjian
