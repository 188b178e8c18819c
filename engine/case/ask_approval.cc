#include "engine/case/ask_approval.h"

#include <algorithm>

namespace mingjian {
namespace {

// Where one of several asks for all signatures anew, all are given anew.
Resumption resumption_of(const Definition& definition,
                         const std::vector<chart::TransitionIndex>& transitions) {
  const bool anew =
      std::any_of(transitions.begin(), transitions.end(), [&](const chart::TransitionIndex index) {
        const TransitionNotes& notes = definition.transition_notes(index);
        return !notes.approval.empty() && notes.resumption == Resumption::kInOrder;
      });
  return anew ? Resumption::kInOrder : Resumption::kWhereReturned;
}

// 直达退回步骤: the signatures stay that the same request had before it was returned to the same
// person.
void resume(ApprovalRequested& asked, const std::vector<Request>& requests,
            const PersonId& requester) {
  if (asked.resumption != Resumption::kWhereReturned) return;
  const auto before = std::find_if(requests.begin(), requests.end(), [&](const Request& each) {
    return each.returned && each.resumption == Resumption::kWhereReturned &&
           each.source == asked.source && each.requested_by == requester &&
           each.transitions == asked.transitions && ask_the_same(each.steps, asked.steps);
  });
  if (before == requests.end()) return;
  for (std::size_t step = 0; step < asked.steps.size(); ++step) {
    for (std::size_t at = 0; at < asked.steps[step].signers.size(); ++at)
      asked.steps[step].signers[at].signed_by = before->steps[step].signers[at].signed_by;
  }
  asked.step = before->step;
}

}  // namespace

std::vector<RequestStep> unsigned_steps(const Definition& definition,
                                        const std::vector<chart::TransitionIndex>& transitions) {
  std::vector<RequestStep> steps;
  for (const chart::TransitionIndex index : transitions) {
    for (const ApprovalStep& step : definition.transition_notes(index).approval)
      steps.push_back(unsigned_step(step));
  }
  return steps;
}

ApprovalRequested ask_for_approval(const Situation& situation, const FireTransition& command,
                                   const Judgement& judgement, const DecisionInput& input) {
  const Definition& definition = situation.definition;
  const chart::Chart& chart = definition.chart();
  const chart::TransitionIndex first = judgement.transitions.front();
  ApprovalRequested asked{.request = RequestId(input.fresh_id()),
                          .tasks = {},
                          .event = command.event,
                          .data = command.data,
                          .transitions = {},
                          .leaves = {},
                          .source = chart.state(chart.transition(first).source).id,
                          .title = definition.transition_notes(first).title,
                          .steps = unsigned_steps(definition, judgement.transitions),
                          .resumption = resumption_of(definition, judgement.transitions)};
  for (const chart::TransitionIndex index : judgement.transitions)
    asked.transitions.push_back(chart.transition(index).pointer);
  resume(asked, situation.state.requests, situation.actor);
  for (const Signer& signer : asked.steps[static_cast<std::size_t>(asked.step)].signers) {
    if (!signer.has_signed()) asked.tasks.emplace_back(input.fresh_id());
  }
  return asked;
}

}  // namespace mingjian
