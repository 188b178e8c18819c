#include "engine/case/options.h"

#include <algorithm>

#include "engine/access/role.h"
#include "engine/case/guard_refusal.h"
#include "engine/case/separation.h"
#include "engine/chart/options.h"

namespace mingjian {
namespace {

using chart::TransitionIndex;

std::int64_t milliseconds(Instant now) { return now.microseconds / 1000; }

std::string joined_titles(const std::vector<Role>& roles, bool zh) {
  std::string joined;
  for (const Role& each : roles) {
    if (!joined.empty()) joined += zh ? "、" : ", ";
    joined += zh ? role::title(each).zh : role::title(each).en;
  }
  return joined;
}

// Collects the obstacles of one transition.
class Judge {
 public:
  Judge(const Situation& situation, TransitionIndex transition)
      : situation_(situation),
        chart_(situation.definition.chart()),
        index_(transition),
        transition_(chart_.transition(transition)),
        notes_(situation.definition.transition_notes(transition)) {}

  std::vector<Obstacle> take() { return std::move(obstacles_); }

  void check_role() {
    const bool allowed = std::any_of(notes_.by.begin(), notes_.by.end(),
                                     [&](const Role& role) { return situation_.has_role(role); });
    if (allowed) return;
    add(ObstacleKind::kRole,
        {"此步骤由以下人员办理：" + joined_titles(notes_.by, true) + "；您在本案中没有这一职责",
         "this step is for: " + joined_titles(notes_.by, false) +
             "; you do not have that role on this case"});
  }

  void check_separation() {
    for (const auto barred : states_barring(situation_, index_, situation_.actor)) {
      const Text& stage = situation_.definition.notes(barred).title;
      add(ObstacleKind::kSeparation,
          {"您办理过“" + stage.zh + "”，不得再办理此步骤",
           "you acted in \"" + stage.en + "\" and may not take this step"});
    }
  }

  void check_materials() {
    const Json& attached = situation_.case_facts["materials"];
    for (const std::string& kind : notes_.materials) {
      if (attached.contains(kind)) continue;
      const Text& title = situation_.definition.materials().at(kind);
      add(ObstacleKind::kMaterial, {"缺少材料：" + title.zh + "（" + kind + "）",
                                    "a document is missing: " + title.en + " (" + kind + ")"});
    }
  }

  void check_pending() {
    const auto left = chart::exit_set(chart_, situation_.snapshot, index_);
    for (const Request& request : situation_.state.requests) {
      if (request.returned) continue;
      const auto source = chart_.find(request.source);
      if (!source) continue;
      const bool leaves = std::find(left.begin(), left.end(), *source) != left.end();
      if (!leaves && *source != transition_.source) continue;
      add(ObstacleKind::kApproval,
          {"“" + request.title.zh + "”正在审批，未办结前不能进行此步骤",
           "\"" + request.title.en + "\" is awaiting approval; this must wait for its end"});
    }
  }

  void check_guard(const chart::Event& event, Instant now) {
    const auto holds = chart::guard_holds(chart_, index_, situation_.snapshot, event,
                                          situation_.facts(), milliseconds(now));
    if (holds && *holds) return;
    add(ObstacleKind::kGuard, guard_refusal(situation_, index_, event, milliseconds(now)));
  }

  void check_form(const Json& data) {
    if (!notes_.form) {
      if (data.is_null() || (data.is_object() && data.empty())) return;
      add(ObstacleKind::kForm, {"此步骤不需要填写内容", "this step asks for no data"}, "/data");
      return;
    }
    for (const InputError& error : notes_.form->check(data.is_null() ? Json::object() : data)) {
      add(ObstacleKind::kForm, error.message, "/data" + error.pointer);
    }
  }

 private:
  void add(ObstacleKind kind, Text message, std::string pointer = {}) {
    obstacles_.push_back({kind, std::move(message), notes_.rules, std::move(pointer)});
  }

  const Situation& situation_;
  const chart::Chart& chart_;
  TransitionIndex index_;
  const chart::Transition& transition_;
  const TransitionNotes& notes_;
  std::vector<Obstacle> obstacles_;
};

void add_new(std::vector<Obstacle>& all, std::vector<Obstacle> more) {
  for (Obstacle& obstacle : more) {
    if (std::find(all.begin(), all.end(), obstacle) == all.end())
      all.push_back(std::move(obstacle));
  }
}

bool reads_event(const chart::Transition& transition) {
  return transition.guard && transition.guard->reads("event");
}

// The transitions that listen to the event where the case stands, in document order.
std::vector<TransitionIndex> listeners(const Situation& situation, const std::string& event) {
  const chart::Chart& chart = situation.definition.chart();
  auto found = chart::candidates(chart, situation.snapshot);
  std::erase_if(found, [&](TransitionIndex index) {
    return chart.transition(index).trigger != chart::Trigger::kEvent ||
           !chart.transition(index).event.matches(event);
  });
  return found;
}

Obstacle nothing_listens(const Situation& situation, const std::string& event) {
  if (situation.state.closed) {
    return {ObstacleKind::kState, {"案件已办结", "the case is closed"}};
  }
  return {ObstacleKind::kState,
          {"当前环节没有“" + event + "”这一步骤",
           "there is no step \"" + event + "\" where the case stands"}};
}

}  // namespace

Judgement judge(const Situation& situation, const std::string& event, const Json* data,
                Instant now) {
  const chart::Chart& chart = situation.definition.chart();
  const auto heard_by = listeners(situation, event);
  if (heard_by.empty() || situation.state.closed) return {{}, {nothing_listens(situation, event)}};

  const chart::Event sent{event, data == nullptr ? Json() : *data};
  Judgement judgement{
      chart::select(chart, situation.snapshot, sent, situation.facts(), milliseconds(now)), {}};
  const bool selected = !judgement.transitions.empty();
  if (!selected) {
    const bool open = data == nullptr;  // then guards on the form's data are still open
    const auto first_open = std::find_if(
        heard_by.begin(), heard_by.end(),
        [&](TransitionIndex index) { return open && reads_event(chart.transition(index)); });
    judgement.transitions = {first_open != heard_by.end() ? *first_open : heard_by.front()};
  }
  for (const TransitionIndex index : judgement.transitions) {
    Judge judge(situation, index);
    judge.check_role();
    judge.check_separation();
    judge.check_pending();
    judge.check_materials();
    if (!selected && !(data == nullptr && reads_event(chart.transition(index))))
      judge.check_guard(sent, now);
    if (data != nullptr) judge.check_form(*data);
    add_new(judgement.obstacles, judge.take());
  }
  return judgement;
}

Judgement judge_approved(const Situation& situation, const Request& request, Instant now) {
  const chart::Chart& chart = situation.definition.chart();
  const chart::Event sent{request.event, request.data};
  Judgement judgement{
      chart::select(chart, situation.snapshot, sent, situation.facts(), milliseconds(now)), {}};
  std::vector<std::string> pointers;
  for (const TransitionIndex index : judgement.transitions)
    pointers.push_back(chart.transition(index).pointer);
  if (pointers != request.transitions) {
    judgement.obstacles.push_back(
        {ObstacleKind::kGuard,
         {"提请审批以后情况已经变化，所请示的步骤不再成立；请退回补正或者不同意",
          "the case has changed since this was requested and the step no longer holds; return or "
          "refuse it"}});
    return judgement;
  }
  for (const TransitionIndex index : judgement.transitions) {
    Judge judge(situation, index);
    judge.check_separation();
    judge.check_materials();
    add_new(judgement.obstacles, judge.take());
  }
  return judgement;
}

std::vector<Option> options(const Situation& situation, Instant now) {
  std::vector<Option> all;
  if (situation.state.closed) return all;
  const chart::Chart& chart = situation.definition.chart();
  for (const TransitionIndex index : chart::candidates(chart, situation.snapshot)) {
    const chart::Transition& transition = chart.transition(index);
    if (transition.trigger != chart::Trigger::kEvent ||
        transition.event.kind != chart::Descriptor::Kind::kExact) {
      continue;
    }
    const std::string& event = transition.event.name;
    const bool listed =
        std::any_of(all.begin(), all.end(), [&](const Option& o) { return o.event == event; });
    if (listed) continue;
    Judgement judgement = judge(situation, event, nullptr, now);
    const TransitionIndex first = judgement.transitions.front();
    Option option{event, first, {}, std::move(judgement.obstacles)};
    for (const chart::StateIndex state : chart::entry_set(chart, situation.snapshot, first)) {
      option.enters.push_back(chart.state(state).id);
    }
    all.push_back(std::move(option));
  }
  return all;
}

}  // namespace mingjian
