#include "api/http/handlers/views.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"
#include "engine/base/wording.h"
#include "engine/case/due.h"
#include "engine/render/words.h"

namespace mingjian::http {
namespace {

Json signer_json(const Signer& signer, Names& names) {
  Json json = {{"role", signer.role.value()}, {"role_title", text_json(role::title(signer.role))}};
  if (!signer.person.empty()) json["person"] = person_json(signer.person, names);
  if (!signer.task.empty()) json["task"] = signer.task.value();
  if (!signer.signed_by.empty()) json["signed_by"] = person_json(signer.signed_by, names);
  return json;
}

Json request_json(const Request& request, const Rules& rules, Names& names) {
  Json steps = Json::array();
  for (const RequestStep& step : request.steps) {
    Json signers = Json::array();
    for (const Signer& signer : step.signers) signers.push_back(signer_json(signer, names));
    steps.push_back({{"title", text_json(step.title)},
                     {"signing", name_of(step.signing)},
                     {"signers", std::move(signers)},
                     {"rules", rules_json(step.rules, rules)}});
  }
  Json tasks = Json::array();
  if (request.returned) tasks.push_back(request.task.value());
  if (request.awaits_signers()) {
    for (const Signer& signer : request.present().signers) {
      if (!signer.task.empty()) tasks.push_back(signer.task.value());
    }
  }
  Json json = {{"id", request.id.value()},
               {"tasks", std::move(tasks)},
               {"event", request.event},
               {"title", text_json(request.title)},
               {"data", request.data},
               {"requested_by", person_json(request.requested_by, names)},
               {"requested_at", to_rfc3339(request.requested_at)},
               {"step", request.step},
               {"returned", request.returned},
               {"resumes", name_of(request.resumption)},
               {"steps", std::move(steps)}};
  if (request.urgings > 0)
    json["urged"] = {{"times", request.urgings}, {"last_at", to_rfc3339(request.urged_at)}};
  return json;
}

Json members_json(const std::vector<MemberRow>& members, Names& names) {
  Json json = Json::array();
  for (const MemberRow& member : members) {
    json.push_back({{"person", person_json(member.person, names)},
                    {"duty", member.duty},
                    {"duty_title", text_json(role::title(Role(member.duty)))}});
  }
  return json;
}

Json materials_json(const std::vector<Material>& materials, const Definition& definition,
                    Names& names) {
  Json json = Json::array();
  for (const Material& each : materials) {
    json.push_back({{"id", each.id.value()},
                    {"kind", each.what.kind},
                    {"kind_title", text_json(definition.materials().at(each.what.kind))},
                    {"title", each.what.title},
                    {"sha256", each.what.sha256},
                    {"bytes", each.what.bytes},
                    {"media_type", each.what.media_type},
                    {"attached_by", person_json(each.attached_by, names)},
                    {"attached_at", to_rfc3339(each.attached_at)}});
  }
  return json;
}

// What will happen by itself.
Json timers_json(const CaseState& state, const Definition& definition) {
  Json json = Json::array();
  for (const RunningTimer& timer : running_timers(state)) {
    Json entry = {
        {"due_at", to_rfc3339(timer.due_at)},
        {"title", text_json(timer_title(timer.state, timer.delay, timer.event, &definition))}};
    if (timer.event.empty()) {
      entry["state"] = stages_json({timer.state}, &definition).front();
      entry["delay"] = timer.delay;
    } else {
      entry["event"] = timer.event;
    }
    json.push_back(std::move(entry));
  }
  return json;
}

// The title of the first of the transitions that has one.
std::optional<Text> first_title(const Definition& definition, chart::IndexRange transitions) {
  for (auto index = transitions.begin; index < transitions.end; ++index) {
    const Text& title = definition.transition_notes(index).title;
    if (!title.zh.empty()) return title;
  }
  return std::nullopt;
}

}  // namespace

Text timer_title(const std::string& state, const std::string& delay, const std::string& event,
                 const Definition* definition) {
  const Text otherwise = same(event.empty() ? delay : event);
  if (definition == nullptr) return otherwise;
  const chart::Chart& chart = definition->chart();
  if (!event.empty()) {
    for (chart::TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
      const bool hears = chart.transition(index).trigger == chart::Trigger::kEvent &&
                         chart.transition(index).event.matches(event);
      const Text& title = definition->transition_notes(index).title;
      if (hears && !title.zh.empty()) return title;
    }
    return otherwise;
  }
  const auto owner = chart.find(state);
  for (const chart::Delay& each : chart.delays()) {
    if (each.state != owner || each.key != delay) continue;
    const Text length = render::delay_words(each.milliseconds);
    return first_title(*definition, each.transitions)
        .value_or(Text{"满 " + length.zh, "after " + length.en});
  }
  return otherwise;
}

Json person_json(const PersonId& id, Names& names) {
  Json person = {{"id", id.value()}};
  const Text* const name = names.find(id);
  if (name != nullptr) person["name"] = text_json(*name);
  return person;
}

Json stages_json(const std::vector<std::string>& ids, const Definition* definition) {
  Json stages = Json::array();
  for (const std::string& id : ids) {
    Json stage = {{"id", id}};
    const auto state = definition == nullptr ? std::nullopt : definition->chart().find(id);
    if (state) {
      stage["stage"] = definition->notes(*state).stage;
      stage["title"] = text_json(definition->notes(*state).title);
    }
    stages.push_back(std::move(stage));
  }
  return stages;
}

Json roles_json(const std::vector<Role>& roles) {
  Json json = Json::array();
  for (const Role& each : roles)
    json.push_back({{"role", each.value()}, {"title", text_json(role::title(each))}});
  return json;
}

Json rules_json(const std::vector<RuleId>& ids, const Rules& rules) {
  Json json = Json::array();
  for (const RuleId& id : ids) {
    const auto found = rules.find(id);
    Json entry = {{"id", id.value()}};
    if (found != rules.end()) {
      entry["instrument"] = found->second.instrument;
      entry["article"] = found->second.article;
      entry["term"] = found->second.term;
      entry["requirement"] = found->second.requirement;
    }
    json.push_back(std::move(entry));
  }
  return json;
}

Json obstacles_json(const std::vector<Obstacle>& obstacles, const Rules& rules) {
  Json json = Json::array();
  for (const Obstacle& obstacle : obstacles) {
    Json entry = {{"kind", name_of(obstacle.kind)},
                  {"zh", obstacle.message.zh},
                  {"en", obstacle.message.en},
                  {"rules", rules_json(obstacle.rules, rules)}};
    if (!obstacle.pointer.empty()) entry["pointer"] = obstacle.pointer;
    json.push_back(std::move(entry));
  }
  return json;
}

Json head_json(const CaseHead& head, const Definition* definition, Names& names) {
  const Json ids = Json::parse(head.stages, nullptr, false);
  return {{"id", head.id.value()},
          {"number", head.number},
          {"title", head.title},
          {"definition", head.definition},
          {"version", head.version},
          {"closed", head.closed},
          {"stages", stages_json(ids.is_array() ? ids.get<std::vector<std::string>>()
                                                : std::vector<std::string>(),
                                 definition)},
          {"filed_by", person_json(head.filed_by, names)},
          {"filed_at", to_rfc3339(head.filed_at)},
          {"updated_at", to_rfc3339(head.updated_at)}};
}

Json case_json(const CaseView& view, const Rules& rules, Names& names) {
  const CaseState& state = view.state;
  Json requests = Json::array();
  for (const Request& request : state.requests)
    requests.push_back(request_json(request, rules, names));
  Json links = Json::array();
  for (const Link& link : state.links)
    links.push_back({{"case", link.other.value()}, {"link", link.link}});
  return {{"id", state.id.value()},
          {"number", state.number},
          {"title", state.title},
          {"definition",
           {{"id", state.definition.id},
            {"version", state.definition.version},
            {"digest", state.definition.digest},
            {"title", text_json(view.definition->title())}}},
          {"organ", state.organ.value()},
          {"version", state.version},
          {"closed", state.closed},
          {"stages", stages_json(state.stages, view.definition.get())},
          {"filed_by", person_json(state.filed_by, names)},
          {"filed_at", to_rfc3339(state.filed_at)},
          {"updated_at", to_rfc3339(state.updated_at)},
          {"my_roles", roles_json(view.roles)},
          {"data", state.data},
          {"requests", std::move(requests)},
          {"members", members_json(state.members, names)},
          {"materials", materials_json(state.materials, *view.definition, names)},
          {"links", std::move(links)},
          {"timers", timers_json(state, *view.definition)},
          {"notes", state.notes}};
}

Json approval_json(const ApprovalStep& step, const Rules& rules) {
  return {{"title", text_json(step.title)},
          {"signing", name_of(step.signing)},
          {"signers", roles_json(step.roles)},
          {"rules", rules_json(step.rules, rules)}};
}

Json option_json(const Option& option, const Definition& definition, const Rules& rules) {
  const TransitionNotes& notes = definition.transition_notes(option.transition);
  Json steps = Json::array();
  for (const ApprovalStep& step : notes.approval) steps.push_back(approval_json(step, rules));
  Json materials = Json::array();
  for (const std::string& kind : notes.materials) {
    materials.push_back({{"kind", kind}, {"title", text_json(definition.materials().at(kind))}});
  }
  return {{"event", option.event},
          {"title", text_json(notes.title)},
          {"allowed", option.obstacles.empty()},
          {"obstacles", obstacles_json(option.obstacles, rules)},
          {"by", roles_json(notes.by)},
          {"enters", stages_json(option.enters, &definition)},
          {"form", notes.form ? notes.form->schema() : Json()},
          {"materials", std::move(materials)},
          {"approval", std::move(steps)},
          {"resumes", name_of(notes.resumption)},
          {"rules", rules_json(notes.rules, rules)}};
}

Json task_json(const TaskListing& listing, Names& names) {
  const TaskRow& task = listing.task;
  Json json = {{"id", task.id.value()},
               {"kind", task.kind == TaskKind::kApproval ? "approval" : "rework"},
               {"case",
                {{"id", task.case_id.value()},
                 {"number", listing.case_number},
                 {"title", listing.case_title}}},
               {"request", task.request.value()},
               {"step", task.step},
               {"event", task.event},
               {"title", text_json(task.title)},
               {"role", task.role.value()},
               {"requested_by", person_json(task.requested_by, names)},
               {"opened_at", to_rfc3339(task.opened_at)}};
  if (!task.person.empty()) json["person"] = person_json(task.person, names);
  if (task.closed_at) {
    json["closed_at"] = to_rfc3339(*task.closed_at);
    json["decision"] = task.decision;
  }
  return json;
}

}  // namespace mingjian::http
