#include "engine/case/evolve.h"

#include <algorithm>

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
                               .task = asked.task,
                               .event = asked.event,
                               .data = asked.data,
                               .transitions = asked.transitions,
                               .leaves = asked.leaves,
                               .source = asked.source,
                               .title = asked.title,
                               .requested_by = event_.actor,
                               .requested_roles = event_.roles,
                               .requested_at = event_.recorded_at,
                               .task_opened_at = event_.recorded_at,
                               .steps = asked.steps});
  }

  void operator()(const ApprovalDecided& decided) {
    const auto request =
        std::find_if(state_.requests.begin(), state_.requests.end(),
                     [&](const Request& entry) { return entry.id == decided.request; });
    if (request == state_.requests.end()) return;
    if (decided.decision == Decision::kRefuse) {
      state_.requests.erase(request);
      return;
    }
    request->task = decided.next_task;
    request->task_opened_at = event_.recorded_at;
    if (decided.decision == Decision::kReturn) {
      request->returned = true;
      return;
    }
    request->steps[static_cast<std::size_t>(decided.step)].signed_by = event_.actor;
    request->step = decided.step + 1;
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
    for (const RequestOutcome& outcome : migrated.requests) carry(outcome);
  }

 private:
  // A request that waits in a state which is left has ended, and every one when the case ends.
  void end_overtaken(const StageStep& step) {
    std::erase_if(state_.requests, [&](const Request& request) {
      return step.closed || leaves_any(step.left, request.source);
    });
  }

  void carry(const RequestOutcome& outcome) {
    const auto request =
        std::find_if(state_.requests.begin(), state_.requests.end(),
                     [&](const Request& entry) { return entry.id == outcome.request; });
    if (request == state_.requests.end()) return;
    if (outcome.fate == RequestFate::kEnded) {
      state_.requests.erase(request);
      return;
    }
    request->source = outcome.source;
    request->transitions = outcome.transitions;
    if (outcome.fate == RequestFate::kCarried) return;
    request->returned = true;
    request->task = outcome.task;
    request->task_opened_at = event_.recorded_at;
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
