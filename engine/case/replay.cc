#include "engine/case/replay.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/access/system_actor.h"
#include "engine/case/decide_due.h"
#include "engine/case/decide_request.h"
#include "engine/case/evolve.h"
#include "engine/case/options.h"
#include "engine/case/stage_step.h"
#include "engine/chart/placement.h"
#include "engine/chart/timers.h"
#include "engine/definition/limit_length.h"

namespace mingjian {
namespace {

constexpr std::int64_t kMicrosecondsOfAnHour = 3'600'000'000;
constexpr std::int64_t kMicrosecondsOfAMillisecond = 1000;

bool is_one_of(const Obstacle& obstacle, std::initializer_list<ObstacleKind> kinds) {
  return std::find(kinds.begin(), kinds.end(), obstacle.kind) != kinds.end();
}

// Whether the chart itself does not go on, whoever acts and with whatever data.
bool blocks(const std::vector<Obstacle>& obstacles) {
  return std::any_of(obstacles.begin(), obstacles.end(), [](const Obstacle& obstacle) {
    return is_one_of(obstacle, {ObstacleKind::kState, ObstacleKind::kGuard});
  });
}

bool have_any(const std::vector<Role>& roles, const std::vector<Role>& wanted) {
  return std::find_first_of(roles.begin(), roles.end(), wanted.begin(), wanted.end()) !=
         roles.end();
}

// The fields of the filing form that the case was filed with.
Json filed_fields(const Form& form, const Json& data) {
  Json fields = Json::object();
  const Json asked = form.schema().value("properties", Json::object());
  for (const auto& [field, schema] : asked.items()) {
    const auto given = data.find(field);
    if (given != data.end() && !given->is_null()) fields[field] = *given;
  }
  return fields;
}

// The title of the first of these transitions; empty where the definition has none there.
Text title_of(const std::vector<std::string>& pointers, const Definition& definition) {
  const auto& transitions = definition.chart().transitions();
  for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
    if (!pointers.empty() && transitions[index].pointer == pointers.front())
      return definition.transition_notes(index).title;
  }
  return {};
}

// Whether it does the same in every version: team, documents, notes, links.
bool is_beside_the_procedure(const Event& event) {
  return std::holds_alternative<MemberAssigned>(event.body) ||
         std::holds_alternative<MaterialAttached>(event.body) ||
         std::holds_alternative<NoteAdded>(event.body) ||
         std::holds_alternative<CaseLinked>(event.body);
}

std::vector<std::string> leaves(const CaseState& state) {
  return state.chart.value("configuration", std::vector<std::string>());
}

}  // namespace

bool Replay::needs_other_approver() const {
  const auto lacks_signer = [](const ReplayedStep& step) {
    return std::any_of(step.obstacles.begin(), step.obstacles.end(), [](const Obstacle& obstacle) {
      return obstacle.kind == ObstacleKind::kApproval;
    });
  };
  return std::any_of(changed.begin(), changed.end(), lacks_signer) ||
         std::any_of(pending.begin(), pending.end(), lacks_signer);
}

bool Replay::loses_step() const {
  return std::any_of(changed.begin(), changed.end(),
                     [](const ReplayedStep& step) { return step.fate == StepFate::kLost; });
}

bool Replay::affected() const {
  return diverges_at || !pending.empty() || stuck || !overdue.empty();
}

Replayer::Replayer(const Definition& from, const Definition& to, StateMapping names)
    : from_(from), to_(to), names_(std::move(names)) {}

void Replayer::take(const Event& event) {
  const bool by_itself = std::holds_alternative<TimerFired>(event.body);
  // Of several timers that fell due at one moment each is an event of its own.
  if (by_itself) {
    pass_time({event.occurred_at.microseconds - kMicrosecondsOfAMillisecond});
    fall_due(event.occurred_at, 1);
  } else {
    pass_time(event.recorded_at);
  }
  const auto asked = approved_by(event);
  evolve(original_, event);
  follow_stages(event);
  if (const auto* filed = std::get_if<CaseFiled>(&event.body)) {
    file(event, *filed);
  } else if (const auto* fired = std::get_if<TransitionFired>(&event.body)) {
    fire(event, *fired, asked);
  } else if (const auto* decided = std::get_if<ApprovalDecided>(&event.body)) {
    if (decided->decision == Decision::kApprove) signed_as_[event.actor] = event.roles;
  } else if (const auto* amended = std::get_if<DataAmended>(&event.body)) {
    amend(event, *amended);
  } else if (is_beside_the_procedure(event)) {
    evolve(shadow_, event);
  }
  compare_places(event.version);
}

void Replayer::follow_stages(const Event& event) {
  const StageStep* const step = step_of(event);
  if (step == nullptr) return;
  for (const std::string& state : step->left) entered_.erase(state);
  if (const auto* migrated = std::get_if<CaseMigrated>(&event.body)) {
    std::map<std::string, Instant> moved;
    for (const auto& [state, since] : entered_) moved[counterpart(migrated->states, state)] = since;
    entered_ = std::move(moved);
  }
  for (const std::string& state : step->entered) entered_[state] = event.occurred_at;
}

std::size_t Replayer::fall_due(Instant until, std::size_t most) {
  const auto situation = filed_ ? situation_of(to_, shadow_, kSystem, {})
                                : Result<Situation>(fail(ErrorKind::kNotFound, {}));
  if (!situation) return 0;
  const auto fallen = decide_due(*situation, until, most);
  if (!fallen) return 0;
  for (const Event& event : *fallen) evolve(shadow_, event);
  return fallen->size();
}

void Replayer::pass_time(Instant until) {
  for (std::size_t fired = 0; fired < chart::kTimerLimit;) {
    const std::size_t more = fall_due(until, kMostDueAtOnce);
    if (more == 0) return;
    fired += more;
  }
}

void Replayer::file(const Event& event, const CaseFiled& filed) {
  const Json fields = filed_fields(to_.filing().form, filed.step.data.set);
  ReplayedStep step{event.version, "", {}, StepFate::kKept, {}};
  for (const InputError& error : to_.filing().form.check(fields))
    step.obstacles.push_back({ObstacleKind::kForm, error.message, {}, "/data" + error.pointer});
  Json data = to_.chart().initial_context();
  data.update(fields);
  const chart::Macrostep started =
      chart::start(to_.chart(), {}, event.recorded_at.microseconds / 1000, &data);
  auto stages = stage_step(to_, Json::object(), Json::object(), started);
  if (!step.obstacles.empty()) step.fate = StepFate::kRefused;
  if (!stages) {
    step.fate = StepFate::kLost;
    step.obstacles = std::move(stages.error());
  } else {
    Event shadowed = event;
    shadowed.body = CaseFiled{{to_.id(), to_.version(), to_.digest()},
                              filed.number,
                              filed.title,
                              filed.organ,
                              std::move(*stages)};
    evolve(shadow_, shadowed);
    filed_ = true;
  }
  if (step.fate != StepFate::kKept) note(std::move(step));
}

std::optional<Replayer::Asked> Replayer::approved_by(const Event& event) const {
  const auto* const fired = std::get_if<TransitionFired>(&event.body);
  if (fired == nullptr) return std::nullopt;
  for (const Request& request : original_.requests) {
    if (request.id != fired->request) continue;
    Asked asked{request.requested_roles, {}};
    for (std::size_t step = 0; step < request.steps.size(); ++step) {
      for (const Signer& signer : request.steps[step].signers) {
        const auto roles = signed_as_.find(signer.signed_by);
        if (roles != signed_as_.end()) asked.signatures.push_back({step, roles->second});
      }
    }
    return asked;
  }
  return std::nullopt;
}

void Replayer::fire(const Event& event, const TransitionFired& fired,
                    const std::optional<Asked>& asked) {
  ++result_.steps;
  ReplayedStep step{
      event.version, fired.event, title_of(fired.step.taken, from_), StepFate::kLost, {}};
  const auto situation =
      filed_ ? situation_of(to_, shadow_, fired.requested_by, asked ? asked->roles : event.roles)
             : Result<Situation>(fail(ErrorKind::kNotFound, {}));
  if (!situation) return note(std::move(step));

  Judgement judgement = judge(*situation, fired.event, &fired.data, event.recorded_at);
  step.obstacles = std::move(judgement.obstacles);
  if (blocks(step.obstacles)) return note(std::move(step));
  auto taken = mingjian::fire(
      *situation, {fired.event, fired.data, RequestId(), fired.requested_by}, event.recorded_at);
  if (!taken) {
    step.obstacles = std::move(taken.error());
    return note(std::move(step));
  }
  const auto signatures = asked ? asked->signatures : std::vector<Signature>();
  for (Obstacle& missing : missing_signatures(judgement.transitions, signatures))
    step.obstacles.push_back(std::move(missing));
  if (!step.obstacles.empty()) {
    step.fate = StepFate::kRefused;
    note(std::move(step));
  }
  Event shadowed = event;
  shadowed.body = std::move(*taken);
  evolve(shadow_, shadowed);
}

void Replayer::amend(const Event& event, const DataAmended& amended) {
  Event shadowed = event;
  auto& body = std::get<DataAmended>(shadowed.body);
  body.data.set = filed_fields(to_.filing().form, amended.data.set);
  evolve(shadow_, shadowed);
}

void Replayer::note(ReplayedStep step) {
  if (!result_.diverges_at) result_.diverges_at = step.version;
  result_.changed.push_back(std::move(step));
}

void Replayer::compare_places(Version version) {
  if (result_.diverges_at) return;
  std::vector<chart::StateIndex> expected;
  for (const std::string& leaf : leaves(original_)) {
    const auto state = to_.chart().find(counterpart(names_, leaf));
    if (state && to_.chart().state(*state).kind != chart::StateKind::kHistory)
      expected.push_back(*state);
  }
  const auto configuration = chart::configuration_with(to_.chart(), expected);
  const bool same =
      expected.size() == leaves(original_).size() && configuration &&
      chart::active_leaf_ids(to_.chart(), {*configuration, {}, {}, {}, false}) == leaves(shadow_);
  if (!same) result_.diverges_at = version;
}

std::vector<Obstacle> Replayer::missing_signatures(
    const std::vector<chart::TransitionIndex>& transitions,
    const std::vector<Signature>& signatures) const {
  std::vector<Obstacle> missing;
  std::vector<bool> used(signatures.size(), false);
  std::size_t first = 0;  // an earlier step of the request would be too early
  for (const auto index : transitions) {
    for (const ApprovalStep& step : to_.transition_notes(index).approval) {
      std::size_t last = first;
      for (const std::vector<Role>& wanted : signatures_of(step.signing, step.roles)) {
        // The first not used yet that would have been accepted.
        std::size_t at = 0;
        while (at < signatures.size() && (used[at] || signatures[at].step < first ||
                                          !have_any(signatures[at].roles, wanted))) {
          ++at;
        }
        if (at < signatures.size()) {
          used[at] = true;
          last = std::max(last, signatures[at].step);
          continue;
        }
        const Text signer = title_of_signers(Signing::kAny, wanted);
        missing.push_back(
            {ObstacleKind::kApproval,
             {"须另由" + signer.zh + "签批", "this also needs approval by: " + signer.en},
             step.rules});
      }
      first = last;
    }
  }
  return missing;
}

std::vector<ReplayedStep> Replayer::open_requests(Instant now) const {
  std::vector<ReplayedStep> pending;
  for (const Request& request : original_.requests) {
    if (request.returned || !filed_) continue;
    const auto situation =
        situation_of(to_, shadow_, request.requested_by, request.requested_roles);
    if (!situation) continue;
    Judgement judgement = judge(*situation, request.event, &request.data, now);
    ReplayedStep step{original_.version, request.event, request.title, StepFate::kKept,
                      std::move(judgement.obstacles)};
    if (blocks(step.obstacles)) {
      step.fate = StepFate::kLost;
    } else {
      // As if all who are to sign had signed.
      std::vector<Signature> signatures;
      for (std::size_t at = 0; at < request.steps.size(); ++at) {
        const RequestStep& each = request.steps[at];
        for (auto& roles : signatures_of(each.signing, roles_of(each)))
          signatures.push_back({at, std::move(roles)});
      }
      for (Obstacle& missing : missing_signatures(judgement.transitions, signatures))
        step.obstacles.push_back(std::move(missing));
      if (!step.obstacles.empty()) step.fate = StepFate::kRefused;
    }
    if (step.fate != StepFate::kKept) pending.push_back(std::move(step));
  }
  return pending;
}

std::optional<Text> Replayer::why_stuck(Instant now) const {
  if (!filed_) return Text{"案件不能受理", "the case could not have been filed"};
  if (shadow_.closed || original_.closed) return std::nullopt;
  // Somebody who holds every role and has done nothing in the case.
  const auto anybody =
      situation_of(to_, shadow_, PersonId(), {role::kAll.begin(), role::kAll.end()});
  if (!anybody) return anybody.error().message;
  if (!chart::reaches_end(to_.chart(), chart::reachable(to_.chart(), anybody->snapshot)))
    return Text{"从所到之处不能办结", "no way leads from there to the end"};
  if (!anybody->snapshot.timers.empty()) return std::nullopt;
  const auto all = options(*anybody, now);
  const bool open = std::any_of(all.begin(), all.end(),
                                [](const Option& option) { return !blocks(option.obstacles); });
  if (open) return std::nullopt;
  return Text{"所到之处没有条件具备的步骤", "where it would stand no step has its condition met"};
}

std::vector<Overrun> Replayer::overruns(Instant now) const {
  std::vector<Overrun> all;
  if (original_.closed) return all;
  for (const std::string& stage : original_.stages) {
    const auto before = from_.chart().find(stage);
    const auto after = to_.chart().find(counterpart(names_, stage));
    const auto since = entered_.find(stage);
    if (!after || since == entered_.end()) continue;
    const StateNotes& notes = to_.notes(*after);
    if (!notes.time_limit) continue;
    const auto hours = (now.microseconds - since->second.microseconds) / kMicrosecondsOfAnHour;
    const auto old_limit = before ? from_.notes(*before).time_limit : std::nullopt;
    const bool changed = !old_limit || old_limit->amount != notes.time_limit->amount ||
                         old_limit->unit != notes.time_limit->unit;
    const bool late_already = old_limit && hours > hours_of(*old_limit).most;
    const HourRange range = hours_of(*notes.time_limit);
    if (!changed || late_already || hours <= range.least) continue;
    all.push_back({to_.chart().state(*after).id, notes.title, *notes.time_limit, hours,
                   range.least == range.most});
  }
  return all;
}

Replay Replayer::finish(Instant now) {
  if (!original_.closed) {
    pass_time(now);
    compare_places(original_.version);
  }
  result_.stands = leaves(shadow_);
  result_.closed = shadow_.closed;
  result_.stuck = why_stuck(now);
  result_.overdue = overruns(now);
  result_.pending = open_requests(now);
  return std::move(result_);
}

std::string name_of(StepFate fate) {
  switch (fate) {
    case StepFate::kKept:
      return "kept";
    case StepFate::kRefused:
      return "refused";
    case StepFate::kLost:
      return "lost";
  }
  return "kept";
}

}  // namespace mingjian
