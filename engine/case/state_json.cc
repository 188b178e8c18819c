#include "engine/case/json_fields.h"
#include "engine/case/state.h"

namespace mingjian {
namespace {

// Whose task is told with the request itself: the requester's, or that of a signer alone.
bool tells_one_task(const Request& request) {
  return !request.awaits_signers() || fields::has_short_form(request.present());
}

Json request_json(const Request& request) {
  Json json = {{"id", request.id.value()},
               {"step", request.step},
               {"returned", request.returned},
               {"event", request.event},
               {"data", request.data},
               {"transitions", request.transitions},
               {"leaves", request.leaves},
               {"source", request.source},
               {"title", fields::to_json(request.title)},
               {"requested_by", request.requested_by.value()},
               {"requested_roles", fields::ids(request.requested_roles)},
               {"requested_at", request.requested_at.microseconds},
               {"steps", fields::list(request.steps)}};
  // Left out where they are as they were before there was anything else.
  if (request.resumption != Resumption::kInOrder) json["resumes"] = name_of(request.resumption);
  if (request.retractable != request.step - 1) json["retractable"] = request.retractable;
  if (request.urgings > 0) {
    json["urgings"] = request.urgings;
    json["urged_at"] = request.urged_at.microseconds;
  }
  if (!tells_one_task(request)) return json;
  const Signer* const signer =
      request.awaits_signers() ? &request.present().signers.front() : nullptr;
  json["task"] = (signer != nullptr ? signer->task : request.task).value();
  json["task_opened_at"] =
      (signer != nullptr ? signer->opened_at : request.task_opened_at).microseconds;
  return json;
}

Request request_from(const Json& json) {
  Request request{.id = RequestId(json.at("id")),
                  .step = json.at("step"),
                  .returned = json.at("returned"),
                  .task = {},
                  .task_opened_at = {},
                  .event = json.at("event"),
                  .data = json.at("data"),
                  .transitions = json.at("transitions"),
                  .leaves = json.at("leaves"),
                  .source = json.at("source"),
                  .title = fields::text(json.at("title")),
                  .requested_by = PersonId(json.at("requested_by")),
                  .requested_roles = fields::roles(json.at("requested_roles")),
                  .requested_at = {json.at("requested_at")},
                  .steps = fields::request_steps(json.at("steps")),
                  .resumption = fields::resumption(json),
                  .retractable = json.value("retractable", json.at("step").get<std::int64_t>() - 1),
                  .urgings = json.value("urgings", std::int64_t{0}),
                  .urged_at = {json.value("urged_at", std::int64_t{0})}};
  if (!json.contains("task")) return request;
  const TaskId task(json.at("task"));
  const Instant opened_at{json.at("task_opened_at")};
  if (request.awaits_signers()) {
    Signer& signer = request.steps[static_cast<std::size_t>(request.step)].signers.front();
    signer.task = task;
    signer.opened_at = opened_at;
  } else {
    request.task = task;
    request.task_opened_at = opened_at;
  }
  return request;
}

Json material_json(const Material& material) {
  return {{"id", material.id.value()},
          {"what", fields::to_json(material.what)},
          {"attached_by", material.attached_by.value()},
          {"attached_at", material.attached_at.microseconds}};
}

Material material_from(const Json& json) {
  return {MaterialId(json.at("id")),
          fields::attach_material(json.at("what")),
          PersonId(json.at("attached_by")),
          {json.at("attached_at")}};
}

Json acted_json(const CaseState& state) {
  Json json = Json::object();
  for (const auto& [source, people] : state.acted) json[source] = fields::ids(people);
  return json;
}

Json earlier_json(const std::vector<EarlierDefinition>& earlier) {
  Json json = Json::array();
  for (const EarlierDefinition& each : earlier) {
    json.push_back({{"until", each.until}, {"definition", fields::to_json(each.definition)}});
  }
  return json;
}

Json to_json(const CaseState& state) {
  Json requests = Json::array();
  for (const Request& request : state.requests) requests.push_back(request_json(request));
  Json members = Json::array();
  for (const MemberRow& member : state.members) {
    members.push_back({{"person", member.person.value()}, {"duty", member.duty}});
  }
  Json materials = Json::array();
  for (const Material& material : state.materials) materials.push_back(material_json(material));
  Json links = Json::array();
  for (const Link& link : state.links) {
    links.push_back({{"other", link.other.value()}, {"link", link.link}});
  }
  Json json = {{"id", state.id.value()},
               {"version", state.version},
               {"definition", fields::to_json(state.definition)},
               {"number", state.number},
               {"title", state.title},
               {"organ", state.organ.value()},
               {"filed_by", state.filed_by.value()},
               {"filed_at", state.filed_at.microseconds},
               {"updated_at", state.updated_at.microseconds},
               {"closed", state.closed},
               {"stages", state.stages},
               {"data", state.data},
               {"chart", state.chart},
               {"requests", std::move(requests)},
               {"members", std::move(members)},
               {"materials", std::move(materials)},
               {"links", std::move(links)},
               {"notes", state.notes},
               {"acted", acted_json(state)}};
  // Left out where there are none: the heads of cases that never moved keep their bytes.
  if (!state.earlier_definitions.empty())
    json["earlier_definitions"] = earlier_json(state.earlier_definitions);
  return json;
}

CaseState from_json(const Json& json) {
  CaseState state{.id = CaseId(json.at("id")),
                  .version = json.at("version"),
                  .definition = fields::definition_reference(json.at("definition")),
                  .number = json.at("number"),
                  .title = json.at("title"),
                  .organ = OrganisationId(json.at("organ")),
                  .filed_by = PersonId(json.at("filed_by")),
                  .filed_at = {json.at("filed_at")},
                  .updated_at = {json.at("updated_at")},
                  .closed = json.at("closed"),
                  .stages = json.at("stages"),
                  .data = json.at("data"),
                  .chart = json.at("chart"),
                  .notes = json.at("notes")};
  for (const Json& entry : json.at("requests")) state.requests.push_back(request_from(entry));
  for (const Json& entry : json.at("members")) {
    state.members.push_back({PersonId(entry.at("person")), entry.at("duty")});
  }
  for (const Json& entry : json.at("materials")) state.materials.push_back(material_from(entry));
  for (const Json& entry : json.at("links")) {
    state.links.push_back({CaseId(entry.at("other")), entry.at("link")});
  }
  for (const auto& [source, people] : json.at("acted").items()) {
    state.acted[source] = fields::ids_from<PersonId>(people);
  }
  for (const Json& entry : json.value("earlier_definitions", Json::array())) {
    state.earlier_definitions.push_back(
        {entry.at("until"), fields::definition_reference(entry.at("definition"))});
  }
  return state;
}

}  // namespace

const Signer* Request::signer_of(const TaskId& of) const {
  if (!awaits_signers()) return nullptr;
  for (const Signer& signer : present().signers) {
    if (signer.task == of && !of.empty()) return &signer;
  }
  return nullptr;
}

const DefinitionReference& definition_at(const CaseState& state, Version version) {
  for (const EarlierDefinition& earlier : state.earlier_definitions) {
    if (version <= earlier.until) return earlier.definition;
  }
  return state.definition;
}

std::string serialize(const CaseState& state) { return to_json(state).dump(); }

Result<CaseState> case_state_from_text(const std::string& text) {
  try {
    return from_json(Json::parse(text));
  } catch (const nlohmann::json::exception& error) {
    return fail(ErrorKind::kCorrupt, {std::string("无法读取案件：") + error.what(),
                                      std::string("cannot read a case: ") + error.what()});
  }
}

}  // namespace mingjian
