#include "engine/case/evolve.h"

#include <algorithm>

#include "engine/case/turns.h"

namespace mingjian {
namespace {

bool leaves_any(const std::vector<std::string>& left, const std::string& source) {
  return std::find(left.begin(), left.end(), source) != left.end();
}

void add_actor(CaseState& state, const std::string& source, const PersonId& person) {
  auto& people = state.acted[source];
  if (std::find(people.begin(), people.end(), person) == people.end()) people.push_back(person);
}

void take(CaseState& state, const StageStep& step) {
  apply(step.data, state.data);
  apply(step.chart, state.chart);
  state.stages = step.stages;
  state.closed = step.closed;
}

class Evolution {
 public:
  Evolution(CaseState& state, const Event& event) : state_(state), event_(event) {}

  void operator()(const CaseFiled& filed) {
    state_.definition = filed.definition;
    state_.number = filed.number;
    state_.title = filed.title;
    state_.organ = filed.organ;
    state_.filed_by = event_.actor;
    state_.filed_at = event_.recorded_at;
    take(state_, filed.step);
  }

  void operator()(const TransitionFired& fired) {
    take(state_, fired.step);
    for (const std::string& source : fired.step.sources)
      add_actor(state_, source, fired.requested_by);
    // The request that led here has ended.
    std::erase_if(state_.requests,
                  [&](const Request& request) { return request.id == fired.request; });
    end_overtaken(fired.step);
  }

  void operator()(const TimerFired& fired) {
    take(state_, fired.step);
    end_overtaken(fired.step);
  }

  void operator()(const ApprovalRequested& asked) {
    std::erase_if(state_.requests, [&](const Request& request) {
      return request.returned && request.source == asked.source;
    });
    state_.requests.push_back({.id = asked.request,
                               .step = asked.step,
                               .task = {},
                               .task_opened_at = {},
                               .event = asked.event,
                               .data = asked.data,
                               .transitions = asked.transitions,
                               .leaves = asked.leaves,
                               .source = asked.source,
                               .title = asked.title,
                               .requested_by = event_.actor,
                               .requested_roles = event_.roles,
                               .requested_at = event_.recorded_at,
                               .steps = asked.steps,
                               .resumption = asked.resumption});
    open_tasks(state_.requests.back(), asked.tasks, event_.recorded_at);
  }

  void operator()(const ApprovalDecided& decided) {
    if (decided.decision == Decision::kRefuse) return end(decided.request);
    Request* const request = find(decided.request);
    if (request == nullptr) return;
    follow(*request, decided, event_.actor);
    open_tasks(*request, decided.next_tasks, event_.recorded_at);
  }

  void operator()(const RequestWithdrawn& withdrawn) { end(withdrawn.request); }

  void operator()(const SignatureTakenBack& taken) {
    Request* const request = find(taken.request);
    if (request == nullptr) return;
    take_back(*request, taken.step, event_.actor);
    open_tasks(*request, taken.tasks, event_.recorded_at);
  }

  void operator()(const TaskHandedOver& handed) {
    Request* const request = find(handed.request);
    if (request == nullptr) return;
    hand_over(*request, handed.task, handed.to, handed.next_task, event_.recorded_at);
  }

  void operator()(const RequestUrged& urged) {
    Request* const request = find(urged.request);
    if (request == nullptr) return;
    ++request->urgings;
    request->urged_at = event_.recorded_at;
  }

  void operator()(const MemberAssigned& assigned) {
    state_.members.push_back({assigned.person, assigned.duty.value()});
  }

  void operator()(const MaterialAttached& attached) {
    state_.materials.push_back({attached.id, attached.material, event_.actor, event_.recorded_at});
  }

  void operator()(const DataAmended& amended) { apply(amended.data, state_.data); }

  void operator()(const NoteAdded&) { ++state_.notes; }

  void operator()(const CaseLinked& linked) { state_.links.push_back({linked.other, linked.link}); }

  void operator()(const CaseMigrated& migrated) {
    state_.earlier_definitions.push_back({event_.version - 1, migrated.from});
    state_.definition = migrated.to;
    take(state_, migrated.step);
    std::map<std::string, std::vector<PersonId>> acted;
    acted.swap(state_.acted);
    for (const auto& [source, people] : acted) {
      for (const PersonId& person : people)
        add_actor(state_, counterpart(migrated.states, source), person);
    }
    for (const RequestOutcome& outcome : migrated.requests) carry(outcome, migrated.carry);
  }

 private:
  // A request that waits in a state which is left has ended, and every one when the case ends.
  void end_overtaken(const StageStep& step) {
    std::erase_if(state_.requests, [&](const Request& request) {
      return step.closed || leaves_any(step.left, request.source);
    });
  }

  Request* find(const RequestId& id) {
    const auto found = std::find_if(state_.requests.begin(), state_.requests.end(),
                                    [&](const Request& request) { return request.id == id; });
    return found == state_.requests.end() ? nullptr : &*found;
  }

  void end(const RequestId& id) {
    std::erase_if(state_.requests, [&](const Request& request) { return request.id == id; });
  }

  void carry(const RequestOutcome& outcome, const CarryRules& rules) {
    Request* const request = find(outcome.request);
    if (request == nullptr) return;
    if (outcome.fate == RequestFate::kEnded) return end(outcome.request);
    request->source = outcome.source;
    request->transitions = outcome.transitions;
    const bool returned = outcome.fate == RequestFate::kReturned;
    // What was signed under the old version does not count when it is asked for again.
    if (returned || rules.signatures == SignatureRule::kAskAgain)
      request->resumption = Resumption::kInOrder;
    if (!returned) return;
    return_to_requester(*request);
    open_tasks(*request, {outcome.task}, event_.recorded_at);
  }

  CaseState& state_;
  const Event& event_;
};

}  // namespace

void evolve(CaseState& state, const Event& event) {
  std::visit(Evolution(state, event), event.body);
  state.version = event.version;
  state.updated_at = event.recorded_at;
}

}  // namespace mingjian
