#include "api/http/handlers/history_view.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "api/http/handlers/views.h"
#include "engine/access/role.h"
#include "engine/base/wording.h"
#include "engine/case/json_fields.h"

namespace mingjian::http {
namespace {

// ": more", where there is more.
Text followed_by(const Text& more) {
  return more.zh.empty() ? Text{} : Text{"：" + more.zh, ": " + more.en};
}

Text words_of(Decision decision) {
  switch (decision) {
    case Decision::kApprove:
      return {"同意", " approved "};
    case Decision::kRefuse:
      return {"不同意", " refused "};
    case Decision::kReturn:
      return {"退回补正", " returned "};
  }
  return {};
}

// What people call the fields of the filing form that were changed.
Text titles_of_fields(const Json& changes, const Json& form) {
  const Json properties = form.value("properties", Json::object());
  std::vector<Text> titles;
  for (const auto& [field, value] : changes.items()) {
    const Json title = properties.value(field, Json::object()).value("title", Json::object());
    titles.push_back(title.is_object() ? Text{title.value("zh", field), title.value("en", field)}
                                       : same(field));
  }
  return listed(titles);
}

Json ids_json(const std::vector<TaskId>& ids) {
  Json list = Json::array();
  for (const TaskId& id : ids) list.push_back(id.value());
  return list;
}

std::vector<RuleId> rules_of(const std::vector<const TransitionNotes*>& transitions) {
  std::vector<RuleId> ids;
  for (const TransitionNotes* notes : transitions)
    ids.insert(ids.end(), notes->rules.begin(), notes->rules.end());
  return ids;
}

template <class Outcome>
Json outcomes_json(const std::vector<Outcome>& outcomes) {
  Json list = Json::array();
  for (const Outcome& outcome : outcomes) list.push_back(fields::to_json(outcome));
  return list;
}

}  // namespace

Result<Json> HistoryView::tell(const EventRecord& record, const Definition* definition) {
  definition_ = definition;
  const auto event = event_from_json(Json::parse(record.body, nullptr, false));
  if (!event) return tl::unexpected<Error>(event.error());
  Act act{{{"version", event->version},
           {"type", type_of(*event)},
           {"actor", person_json(event->actor, names_)},
           {"roles", roles_json(event->roles)},
           {"occurred_at", to_rfc3339(event->occurred_at)},
           {"recorded_at", to_rfc3339(event->recorded_at)},
           {"rules", Json::array()}},
          who(*event)};
  std::visit([&](const auto& body) { add(act, body); }, event->body);
  return std::move(act.json);
}

void HistoryView::add(Act& act, const CaseFiled& body) {
  act.json["title"] =
      text_json(definition_ == nullptr ? Text{"受理登记", "filing"} : definition_->filing().title);
  act.json["number"] = body.number;
  act.json["case_title"] = body.title;
  act.json["definition"] = {{"id", body.definition.id},
                            {"version", body.definition.version},
                            {"digest", body.definition.digest}};
  act.json["data"] = body.step.data.set;
  const Text way = moved(act, body.step);
  std::vector<RuleId> rules;
  for (const std::string& id : body.step.stages) {
    const auto* const notes = notes_of(id);
    if (notes == nullptr) continue;
    const auto& more = notes->rules;
    rules.insert(rules.end(), more.begin(), more.end());
  }
  act.json["rules"] = rules_json(rules, rules_);
  act.json["summary"] =
      text_json(act.who + Text{"受理登记", " filed "} + same(body.number) + followed_by(way));
}

void HistoryView::add(Act& act, const TransitionFired& body) {
  const auto taken = notes_at(body.step.taken);
  const Text title = taken.empty() ? same(body.event) : taken.front()->title;
  act.json["title"] = text_json(title);
  act.json["event"] = body.event;
  act.json["data"] = body.data;
  act.json["requested_by"] = person_json(body.requested_by, names_);
  act.json["closed"] = body.step.closed;
  act.json["rules"] = rules_json(rules_of(taken), rules_);
  const Text way = followed_by(moved(act, body.step));
  if (body.request.empty()) {
    act.json["summary"] = text_json(act.who + Text{"办理", " took "} + quoted(title) + way);
    return;
  }
  act.json["request"] = body.request.value();
  const Text requester = name_of_person(body.requested_by);
  act.json["summary"] = text_json(
      Text{requester.zh + "所请" + quoted(title).zh + "经审批生效",
           quoted(title).en + ", asked for by " + requester.en + ", took effect on approval"} +
      way);
}

void HistoryView::add(Act& act, const ApprovalRequested& body) {
  std::vector<Text> steps;
  Json shown = Json::array();
  bool resumed = false;
  for (const RequestStep& step : body.steps) {
    steps.push_back(step.title);
    Json kept = Json::array();
    for (const Signer& signer : step.signers) {
      if (signer.has_signed()) kept.push_back(signer.signed_by.value());
    }
    resumed = resumed || !kept.empty();
    shown.push_back({{"title", text_json(step.title)},
                     {"signing", name_of(step.signing)},
                     {"signers", roles_json(roles_of(step))},
                     {"kept", std::move(kept)},
                     {"rules", rules_json(step.rules, rules_)}});
  }
  act.json["title"] = text_json(body.title);
  act.json["event"] = body.event;
  act.json["data"] = body.data;
  act.json["request"] = body.request.value();
  act.json["tasks"] = ids_json(body.tasks);
  act.json["steps"] = std::move(shown);
  act.json["step"] = body.step;
  act.json["resumes"] = name_of(body.resumption);
  act.json["rules"] = rules_json(rules_of(notes_at(body.transitions)), rules_);
  act.json["summary"] = text_json(
      act.who + Text{"就", " asked for "} + quoted(body.title) + Text{"提请审批", ""} +
      followed_by(listed(steps)) +
      (resumed ? Text{"，沿用退回前的签批", ", keeping the signatures given before the return"}
               : Text{}));
  asked_[body.request] = {body.title, body.steps};
}

void HistoryView::add(Act& act, const ApprovalDecided& body) {
  const Asked& asked = asked_[body.request];
  act.json["title"] = text_json(asked.title);
  act.json["request"] = body.request.value();
  act.json["task"] = body.task.value();
  act.json["step"] = body.step;
  act.json["decision"] = name_of(body.decision);
  act.json["opinion"] = body.opinion;
  const auto index = static_cast<std::size_t>(body.step);
  if (index < asked.steps.size()) {
    act.json["step_title"] = text_json(asked.steps[index].title);
    act.json["rules"] = rules_json(asked.steps[index].rules, rules_);
  }
  Text did = words_of(body.decision) + quoted(asked.title);
  if (body.return_to && static_cast<std::size_t>(*body.return_to) < asked.steps.size()) {
    const Text step = quoted(asked.steps[static_cast<std::size_t>(*body.return_to)].title);
    act.json["return_to"] = *body.return_to;
    did = Text{"将", " returned "} + quoted(asked.title) + Text{"退回", " to "} + step;
  }
  act.json["summary"] = text_json(act.who + did + followed_by(same(body.opinion)));
}

Text HistoryView::about(Act& act, const RequestId& request) {
  const Text& title = asked_[request].title;
  act.json["title"] = text_json(title);
  act.json["request"] = request.value();
  return quoted(title);
}

void HistoryView::add(Act& act, const RequestWithdrawn& body) {
  const Text title = about(act, body.request);
  act.json["reason"] = body.reason;
  act.json["summary"] = text_json(act.who + Text{"撤回请示", " withdrew the request "} + title +
                                  followed_by(same(body.reason)));
}

void HistoryView::add(Act& act, const SignatureTakenBack& body) {
  const Text title = about(act, body.request);
  act.json["step"] = body.step;
  act.json["tasks"] = ids_json(body.tasks);
  act.json["reason"] = body.reason;
  act.json["summary"] = text_json(act.who + Text{"收回对", " took back the signature on "} + title +
                                  Text{"的签批", ""} + followed_by(same(body.reason)));
}

void HistoryView::add(Act& act, const TaskHandedOver& body) {
  const Text title = about(act, body.request);
  act.json["task"] = body.task.value();
  act.json["next_task"] = body.next_task.value();
  act.json["person"] = person_json(body.to, names_);
  act.json["reason"] = body.reason;
  act.json["summary"] = text_json(act.who + Text{"将", " handed "} + title +
                                  Text{"转给", " over to "} + name_of_person(body.to) +
                                  Text{"签批", " for signature"} + followed_by(same(body.reason)));
}

void HistoryView::add(Act& act, const RequestUrged& body) {
  const Text title = about(act, body.request);
  act.json["text"] = body.text;
  act.json["summary"] = text_json(act.who + Text{"催办", " urged the request "} + title +
                                  followed_by(same(body.text)));
}

void HistoryView::add(Act& act, const MemberAssigned& body) {
  const Text duty = role::title(body.duty);
  act.json["title"] = text_json({"指派", "assignment"});
  act.json["person"] = person_json(body.person, names_);
  act.json["duty"] = body.duty.value();
  act.json["duty_title"] = text_json(duty);
  act.json["summary"] = text_json(act.who + Text{"指派", " assigned "} +
                                  name_of_person(body.person) + Text{"为", " as "} + duty);
}

void HistoryView::add(Act& act, const MaterialAttached& body) {
  const AttachMaterial& material = body.material;
  Text kind_title = same(material.kind);
  if (definition_ != nullptr) {
    const auto kind = definition_->materials().find(material.kind);
    if (kind != definition_->materials().end()) kind_title = kind->second;
  }
  act.json["title"] = text_json({"附材料", "material"});
  act.json["material"] = {{"id", body.id.value()},
                          {"kind", material.kind},
                          {"kind_title", text_json(kind_title)},
                          {"title", material.title},
                          {"sha256", material.sha256},
                          {"bytes", material.bytes},
                          {"media_type", material.media_type}};
  act.json["summary"] =
      text_json(act.who + Text{"附上材料", " attached "} + quoted(same(material.title)) +
                Text{"（" + kind_title.zh + "）", " (" + kind_title.en + ")"});
}

void HistoryView::add(Act& act, const DataAmended& body) {
  act.json["title"] = text_json({"更正", "amendment"});
  act.json["changes"] = body.data.set;
  act.json["reason"] = body.reason;
  act.json["summary"] =
      text_json(act.who + Text{"更正", " amended "} +
                titles_of_fields(body.data.set, definition_ == nullptr
                                                    ? Json::object()
                                                    : definition_->filing().form.schema()) +
                followed_by(same(body.reason)));
}

void HistoryView::add(Act& act, const NoteAdded& body) {
  act.json["title"] = text_json({"记事", "note"});
  act.json["text"] = body.text;
  act.json["summary"] = text_json(act.who + Text{"记事", " noted"} + followed_by(same(body.text)));
}

void HistoryView::add(Act& act, const CaseLinked& body) {
  act.json["title"] = text_json({"关联案件", "link"});
  act.json["case"] = body.other.value();
  act.json["link"] = body.link;
  act.json["summary"] =
      text_json(act.who + Text{"关联案件 ", " linked case "} + same(body.other.value()) +
                Text{"（" + body.link + "）", " (" + body.link + ")"});
}

void HistoryView::add(Act& act, const CaseMigrated& body) {
  const auto version = [](const DefinitionReference& definition) {
    return Json{{"version", definition.version}, {"digest", definition.digest}};
  };
  act.json["from"] = version(body.from);
  act.json["to"] = version(body.to);
  act.json["states"] = body.states;
  act.json["carry"] = fields::to_json(body.carry);
  act.json["reason"] = body.reason;
  act.json["requests"] = outcomes_json(body.requests);
  act.json["timers"] = outcomes_json(body.timers);
  act.json["limits"] = outcomes_json(body.limits);
  const Text way = moved(act, body.step);
  const std::string from = std::to_string(body.from.version);
  const std::string to = std::to_string(body.to.version);
  const Text versions = {"由流程第 " + from + " 版迁移到第 " + to + " 版",
                         "from version " + from + " of the procedure to version " + to};
  act.json["title"] = text_json(versions);
  act.json["summary"] = text_json(act.who + Text{"将本案", " moved the case "} + versions +
                                  followed_by(way) + followed_by(same(body.reason)));
}

void HistoryView::add(Act& act, const TimerFired& body) {
  const auto taken = notes_at(body.step.taken);
  const Text title = taken.empty() ? timer_title(body.state, body.delay, body.event, definition_)
                                   : taken.front()->title;
  act.json["title"] = text_json(title);
  if (body.event.empty()) {
    act.json["state"] = body.state;
    act.json["delay"] = body.delay;
  } else {
    act.json["event"] = body.event;
    act.json["data"] = body.data;
  }
  act.json["closed"] = body.step.closed;
  act.json["rules"] = rules_json(rules_of(taken), rules_);
  const Text way = followed_by(moved(act, body.step));
  const Text what = body.step.taken.empty()
                        ? Text{"到期，条件不成立，没有变动",
                               " fell due; its condition did not hold and nothing changed"}
                        : Text{"到期，自动生效", " fell due and took effect by itself"};
  act.json["summary"] = text_json(quoted(title) + what + way);
}

const StateNotes* HistoryView::notes_of(const std::string& id) const {
  if (definition_ == nullptr) return nullptr;
  const auto state = definition_->chart().find(id);
  return state ? &definition_->notes(*state) : nullptr;
}

std::vector<const TransitionNotes*> HistoryView::notes_at(
    const std::vector<std::string>& pointers) const {
  std::vector<const TransitionNotes*> found;
  if (definition_ == nullptr) return found;
  const auto& transitions = definition_->chart().transitions();
  for (const std::string& pointer : pointers) {
    for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
      const TransitionNotes& notes = definition_->transition_notes(index);
      if (transitions[index].pointer == pointer && !notes.title.zh.empty()) found.push_back(&notes);
    }
  }
  return found;
}

std::vector<std::string> HistoryView::told(const std::vector<std::string>& states,
                                           const std::vector<std::string>& passed) const {
  if (definition_ == nullptr) return {};
  const chart::Chart& chart = definition_->chart();
  std::vector<std::string> stages;
  std::vector<chart::StateIndex> parts;
  for (const std::string& id : states) {
    const auto state = chart.find(id);
    if (!state || id == definition_->id()) continue;
    if (!definition_->notes(*state).stage.empty()) stages.push_back(id);
    const bool in_passing = std::find(passed.begin(), passed.end(), id) != passed.end();
    if (!in_passing && !definition_->notes(*state).title.zh.empty()) parts.push_back(*state);
  }
  if (!stages.empty()) return stages;
  std::vector<std::string> outermost;
  for (const chart::StateIndex part : parts) {
    const bool inside = std::any_of(parts.begin(), parts.end(), [&](chart::StateIndex other) {
      return other != part && chart.is_inside(part, other);
    });
    if (!inside) outermost.push_back(chart.state(part).id);
  }
  return outermost;
}

Text HistoryView::titles(const std::vector<std::string>& states) const {
  std::vector<Text> titles;
  for (const std::string& id : states) titles.push_back(notes_of(id)->title);
  return listed(titles);
}

Text HistoryView::moved(Act& act, const StageStep& step) const {
  const auto left = told(step.left, step.entered);
  const auto entered = told(step.entered, step.left);
  act.json["left"] = stages_json(left, definition_);
  act.json["entered"] = stages_json(entered, definition_);
  if (left.empty()) return titles(entered);
  return titles(left) + same(" → ") + titles(entered);
}

Text HistoryView::name_of_person(const PersonId& id) {
  const Text* const name = names_.find(id);
  return name == nullptr ? same(id.value()) : *name;
}

Text HistoryView::who(const Event& event) {
  std::vector<Text> roles;
  for (const Role& each : event.roles) roles.push_back(role::title(each));
  const Text list = listed(roles);
  const Text name = name_of_person(event.actor);
  return list.zh.empty() ? name : name + Text{"（" + list.zh + "）", " (" + list.en + ")"};
}

}  // namespace mingjian::http
