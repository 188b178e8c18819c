#pragma once

#include "engine/case/decide.h"

// What is done with a request beside deciding it.
namespace mingjian {

// 转办: for who holds the role and could have signed, to another who can. What was handed over can
// be handed on, or fetched back, by all of these: a request does not get stuck with one person.
[[nodiscard]] Decided hand_over(const Situation& situation, const HandOverTask& command,
                                const DecisionInput& input);
// 撤回: for the requester, whoever has signed already.
[[nodiscard]] Decided withdraw(const Situation& situation, const WithdrawRequest& command,
                               const DecisionInput& input);
// 收回签批: for who signed in the present step, which waits for others, or in the step before,
// while nobody of the present one has acted. Those whose turn had come by his signature wait again.
[[nodiscard]] Decided take_back(const Situation& situation, const TakeBackSignature& command,
                                const DecisionInput& input);
// 催办: changes nothing but what is told of the request.
[[nodiscard]] Decided urge(const Situation& situation, const UrgeRequest& command,
                           const DecisionInput& input);

}  // namespace mingjian
