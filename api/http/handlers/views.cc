#include "api/http/handlers/views.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"

namespace mingjian::http {
namespace {

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

Json request_json(const Request& request, const Rules& rules) {
  Json steps = Json::array();
  for (const RequestStep& step : request.steps) {
    Json entry = {{"title", text_json(step.title)},
                  {"role", step.role.value()},
                  {"rules", rules_json(step.rules, rules)}};
    if (!step.signed_by.empty()) entry["signed_by"] = step.signed_by.value();
    steps.push_back(std::move(entry));
  }
  return {{"id", request.id.value()},
          {"task", request.task.value()},
          {"event", request.event},
          {"title", text_json(request.title)},
          {"data", request.data},
          {"requested_by", request.requested_by.value()},
          {"requested_at", to_rfc3339(request.requested_at)},
          {"step", request.step},
          {"returned", request.returned},
          {"steps", std::move(steps)}};
}

Json members_json(const std::vector<MemberRow>& members) {
  Json json = Json::array();
  for (const MemberRow& member : members)
    json.push_back({{"person", member.person.value()}, {"duty", member.duty}});
  return json;
}

Json materials_json(const std::vector<Material>& materials) {
  Json json = Json::array();
  for (const Material& each : materials) {
    json.push_back({{"id", each.id.value()},
                    {"kind", each.what.kind},
                    {"title", each.what.title},
                    {"sha256", each.what.sha256},
                    {"bytes", each.what.bytes},
                    {"media_type", each.what.media_type},
                    {"attached_by", each.attached_by.value()},
                    {"attached_at", to_rfc3339(each.attached_at)}});
  }
  return json;
}

// The title and the rules of the transitions at these places in the definition.
void add_transitions(Json& act, const Json& pointers, const Definition& definition,
                     const Rules& rules) {
  std::vector<RuleId> ids;
  for (const Json& pointer : pointers) {
    const auto& transitions = definition.chart().transitions();
    for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
      if (transitions[index].pointer != pointer ||
          definition.transition_notes(index).title.zh.empty())
        continue;
      const TransitionNotes& notes = definition.transition_notes(index);
      if (!act.contains("title")) act["title"] = text_json(notes.title);
      ids.insert(ids.end(), notes.rules.begin(), notes.rules.end());
    }
  }
  act["rules"] = rules_json(ids, rules);
}

Json migration_title(const Json& act) {
  const std::string from = act["from"]["version"].dump();
  const std::string to = act["to"]["version"].dump();
  return {{"zh", "由流程第 " + from + " 版迁移到第 " + to + " 版"},
          {"en", "moved from version " + from + " of the definition to version " + to}};
}

}  // namespace

Json text_json(const Text& text) { return {{"zh", text.zh}, {"en", text.en}}; }

Json rules_json(const std::vector<RuleId>& ids, const Rules& rules) {
  Json json = Json::array();
  for (const RuleId& id : ids) {
    const auto found = rules.find(id);
    Json entry = {{"id", id.value()}};
    if (found != rules.end()) {
      entry["instrument"] = found->second.instrument;
      entry["article"] = found->second.article;
      entry["term"] = found->second.term;
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

Json head_json(const CaseHead& head, const Definition* definition) {
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
          {"filed_by", head.filed_by.value()},
          {"filed_at", to_rfc3339(head.filed_at)},
          {"updated_at", to_rfc3339(head.updated_at)}};
}

Json case_json(const CaseView& view, const Rules& rules) {
  const CaseState& state = view.state;
  Json requests = Json::array();
  for (const Request& request : state.requests) requests.push_back(request_json(request, rules));
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
          {"stages", stages_json(state.stages, view.definition)},
          {"filed_by", state.filed_by.value()},
          {"filed_at", to_rfc3339(state.filed_at)},
          {"updated_at", to_rfc3339(state.updated_at)},
          {"my_roles", roles_json(view.roles)},
          {"data", state.data},
          {"requests", std::move(requests)},
          {"members", members_json(state.members)},
          {"materials", materials_json(state.materials)},
          {"links", std::move(links)},
          {"notes", state.notes}};
}

Json option_json(const Option& option, const Definition& definition, const Rules& rules) {
  const TransitionNotes& notes = definition.transition_notes(option.transition);
  Json steps = Json::array();
  for (const ApprovalStep& step : notes.approval) {
    steps.push_back({{"title", text_json(step.title)},
                     {"role", step.role.value()},
                     {"rules", rules_json(step.rules, rules)}});
  }
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
          {"rules", rules_json(notes.rules, rules)}};
}

Json task_json(const TaskListing& listing) {
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
               {"requested_by", task.requested_by.value()},
               {"opened_at", to_rfc3339(task.opened_at)}};
  if (task.closed_at) {
    json["closed_at"] = to_rfc3339(*task.closed_at);
    json["decision"] = task.decision;
  }
  return json;
}

Json definition_json(const Definition& definition) {
  return {{"id", definition.id()},
          {"version", definition.version()},
          {"digest", definition.digest()},
          {"title", text_json(definition.title())},
          {"filing",
           {{"title", text_json(definition.filing().title)},
            {"by", roles_json(definition.filing().by)},
            {"form", definition.filing().form.schema()}}}};
}

Json act_json(const EventRecord& record, const Definition* definition, const Rules& rules,
              const Names& names) {
  Json act = Json::parse(record.body, nullptr, false);
  if (!act.is_object()) return {{"version", record.version}, {"type", record.type}};
  const auto name = names.find(record.actor);
  act["actor"] = {{"id", record.actor.value()}};
  if (name != names.end()) act["actor"]["name"] = text_json(name->second);
  if (record.type == "case_migrated") act["title"] = migration_title(act);
  if (definition == nullptr) return act;
  if (act.contains("step") && act["step"].is_object())
    add_transitions(act, act["step"]["taken"], *definition, rules);
  if (act.contains("transitions")) add_transitions(act, act["transitions"], *definition, rules);
  return act;
}

}  // namespace mingjian::http
