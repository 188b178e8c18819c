#include <algorithm>
#include <array>

#include "engine/case/event.h"
#include "engine/case/json_fields.h"

namespace mingjian {
namespace {

constexpr int kEventVersion = 1;

Json change_json(const Change& change) {
  Json json = Json::object();
  if (!change.set.empty()) json["set"] = change.set;
  if (!change.unset.empty()) json["unset"] = change.unset;
  return json;
}

Change change_from(const Json& json) {
  Change change;
  if (json.contains("set")) change.set = json["set"];
  if (json.contains("unset")) json["unset"].get_to(change.unset);
  return change;
}

Json step_json(const StageStep& step) {
  return {{"taken", step.taken},
          {"sources", step.sources},
          {"left", step.left},
          {"entered", step.entered},
          {"stages", step.stages},
          {"data", change_json(step.data)},
          {"chart", change_json(step.chart)},
          {"effects", step.effects},
          {"closed", step.closed}};
}

StageStep step_from(const Json& json) {
  return {.taken = json.at("taken"),
          .sources = json.at("sources"),
          .left = json.at("left"),
          .entered = json.at("entered"),
          .stages = json.at("stages"),
          .data = change_from(json.at("data")),
          .chart = change_from(json.at("chart")),
          .effects = json.at("effects"),
          .closed = json.at("closed")};
}

// Adds the members of each kind of event to the envelope.
class Writer {
 public:
  explicit Writer(Json& out) : json(out) {}

  void operator()(const CaseFiled& body) const {
    json["definition"] = fields::to_json(body.definition);
    json["number"] = body.number;
    json["title"] = body.title;
    json["organ"] = body.organ.value();
    json["step"] = step_json(body.step);
  }
  void operator()(const TransitionFired& body) const {
    json["event"] = body.event;
    json["data"] = body.data;
    if (!body.request.empty()) json["request"] = body.request.value();
    json["requested_by"] = body.requested_by.value();
    json["step"] = step_json(body.step);
  }
  void operator()(const ApprovalRequested& body) const {
    json["request"] = body.request.value();
    write_tasks("task", body.tasks);
    json["event"] = body.event;
    json["data"] = body.data;
    json["transitions"] = body.transitions;
    json["leaves"] = body.leaves;
    json["source"] = body.source;
    json["title"] = fields::to_json(body.title);
    json["steps"] = fields::list(body.steps);
    if (body.resumption != Resumption::kInOrder) json["resumes"] = name_of(body.resumption);
    if (body.step != 0) json["step"] = body.step;
  }
  void operator()(const ApprovalDecided& body) const {
    json["request"] = body.request.value();
    json["task"] = body.task.value();
    json["step"] = body.step;
    json["decision"] = name_of(body.decision);
    json["opinion"] = body.opinion;
    write_tasks("next_task", body.next_tasks);
    if (body.return_to) json["return_to"] = *body.return_to;
  }
  void operator()(const MemberAssigned& body) const {
    json["person"] = body.person.value();
    json["duty"] = body.duty.value();
  }
  void operator()(const MaterialAttached& body) const {
    json["id"] = body.id.value();
    json["material"] = fields::to_json(body.material);
  }
  void operator()(const DataAmended& body) const {
    json["data"] = change_json(body.data);
    json["reason"] = body.reason;
  }
  void operator()(const NoteAdded& body) const { json["text"] = body.text; }
  void operator()(const CaseLinked& body) const {
    json["other"] = body.other.value();
    json["link"] = body.link;
  }
  void operator()(const CaseMigrated& body) const {
    json["from"] = fields::to_json(body.from);
    json["to"] = fields::to_json(body.to);
    json["states"] = body.states;
    json["carry"] = fields::to_json(body.carry);
    json["reason"] = body.reason;
    json["step"] = step_json(body.step);
    json["requests"] = fields::list(body.requests);
    json["timers"] = fields::list(body.timers);
    json["limits"] = fields::list(body.limits);
  }
  void operator()(const TimerFired& body) const {
    if (body.event.empty()) {
      json["state"] = body.state;
      json["delay"] = body.delay;
    } else {
      json["event"] = body.event;
      json["data"] = body.data;
    }
    json["step"] = step_json(body.step);
  }
  void operator()(const RequestWithdrawn& body) const {
    json["request"] = body.request.value();
    json["reason"] = body.reason;
  }
  void operator()(const SignatureTakenBack& body) const {
    json["request"] = body.request.value();
    json["step"] = body.step;
    json["tasks"] = fields::ids(body.tasks);
    json["reason"] = body.reason;
  }
  void operator()(const TaskHandedOver& body) const {
    json["request"] = body.request.value();
    json["task"] = body.task.value();
    json["to"] = body.to.value();
    json["next_task"] = body.next_task.value();
    json["reason"] = body.reason;
  }
  void operator()(const RequestUrged& body) const {
    json["request"] = body.request.value();
    json["text"] = body.text;
  }

 private:
  // One has the form that there was before there could be several: "task", else "tasks".
  void write_tasks(const std::string& name, const std::vector<TaskId>& tasks) const {
    if (tasks.size() == 1) json[name] = tasks.front().value();
    if (tasks.size() > 1) json[name + "s"] = fields::ids(tasks);
  }

  Json& json;
};

std::vector<TaskId> tasks_from(const Json& json, const std::string& name) {
  if (json.contains(name + "s")) return fields::ids_from<TaskId>(json.at(name + "s"));
  if (json.contains(name)) return {TaskId(json.at(name))};
  return {};
}

EventBody read_filed(const Json& json) {
  return CaseFiled{fields::definition_reference(json.at("definition")), json.at("number"),
                   json.at("title"), OrganisationId(json.at("organ")), step_from(json.at("step"))};
}

EventBody read_fired(const Json& json) {
  return TransitionFired{json.at("event"), json.at("data"), RequestId(json.value("request", "")),
                         PersonId(json.at("requested_by")), step_from(json.at("step"))};
}

EventBody read_requested(const Json& json) {
  return ApprovalRequested{RequestId(json.at("request")),
                           tasks_from(json, "task"),
                           json.at("event"),
                           json.at("data"),
                           json.at("transitions"),
                           json.at("leaves"),
                           json.at("source"),
                           fields::text(json.at("title")),
                           fields::request_steps(json.at("steps")),
                           fields::resumption(json),
                           json.value("step", std::int64_t{0})};
}

EventBody read_decided(const Json& json) {
  return ApprovalDecided{RequestId(json.at("request")),
                         TaskId(json.at("task")),
                         json.at("step"),
                         fields::decision(json.at("decision")),
                         json.at("opinion"),
                         tasks_from(json, "next_task"),
                         json.contains("return_to")
                             ? std::optional(json["return_to"].get<std::int64_t>())
                             : std::nullopt};
}

EventBody read_taken_back(const Json& json) {
  return SignatureTakenBack{RequestId(json.at("request")), json.at("step"),
                            fields::ids_from<TaskId>(json.at("tasks")), json.at("reason")};
}

EventBody read_handed_over(const Json& json) {
  return TaskHandedOver{RequestId(json.at("request")), TaskId(json.at("task")),
                        PersonId(json.at("to")), TaskId(json.at("next_task")), json.at("reason")};
}

EventBody read_migrated(const Json& json) {
  return CaseMigrated{fields::definition_reference(json.at("from")),
                      fields::definition_reference(json.at("to")),
                      json.at("states"),
                      fields::carry_rules(json.at("carry")),
                      json.at("reason"),
                      step_from(json.at("step")),
                      fields::request_outcomes(json.at("requests")),
                      fields::timer_outcomes(json.at("timers")),
                      fields::limit_outcomes(json.at("limits"))};
}

EventBody read_timer(const Json& json) {
  return TimerFired{json.value("state", ""), json.value("delay", ""), json.value("event", ""),
                    json.value("data", Json()), step_from(json.at("step"))};
}

EventBody read_body(const std::string& type, const Json& json) {
  if (type == "case_filed") return read_filed(json);
  if (type == "transition_fired") return read_fired(json);
  if (type == "approval_requested") return read_requested(json);
  if (type == "approval_decided") return read_decided(json);
  if (type == "member_assigned")
    return MemberAssigned{PersonId(json.at("person")), Role(json.at("duty"))};
  if (type == "material_attached") {
    return MaterialAttached{MaterialId(json.at("id")),
                            fields::attach_material(json.at("material"))};
  }
  if (type == "data_amended") return DataAmended{change_from(json.at("data")), json.at("reason")};
  if (type == "note_added") return NoteAdded{json.at("text")};
  if (type == "case_migrated") return read_migrated(json);
  if (type == "timer_fired") return read_timer(json);
  if (type == "request_withdrawn")
    return RequestWithdrawn{RequestId(json.at("request")), json.at("reason")};
  if (type == "signature_taken_back") return read_taken_back(json);
  if (type == "task_handed_over") return read_handed_over(json);
  if (type == "request_urged") return RequestUrged{RequestId(json.at("request")), json.at("text")};
  return CaseLinked{CaseId(json.at("other")), json.at("link")};
}

constexpr std::array kTypes = {"case_filed",           "transition_fired", "approval_requested",
                               "approval_decided",     "member_assigned",  "material_attached",
                               "data_amended",         "note_added",       "case_linked",
                               "case_migrated",        "timer_fired",      "request_withdrawn",
                               "signature_taken_back", "task_handed_over", "request_urged"};
static_assert(kTypes.size() == std::variant_size_v<EventBody>, "each kind of event has a name");

tl::unexpected<Error> corrupt(const std::string& why) {
  return fail(ErrorKind::kCorrupt, {"无法读取事件：" + why, "cannot read an event: " + why});
}

}  // namespace

std::string type_of(const Event& event) { return kTypes[event.body.index()]; }

const StageStep* step_of(const Event& event) {
  if (const auto* filed = std::get_if<CaseFiled>(&event.body)) return &filed->step;
  if (const auto* fired = std::get_if<TransitionFired>(&event.body)) return &fired->step;
  if (const auto* migrated = std::get_if<CaseMigrated>(&event.body)) return &migrated->step;
  if (const auto* timer = std::get_if<TimerFired>(&event.body)) return &timer->step;
  return nullptr;
}

Json to_json(const Event& event) {
  Json json = {{"type", type_of(event)},
               {"v", kEventVersion},
               {"version", event.version},
               {"recorded_at", to_rfc3339(event.recorded_at)},
               {"occurred_at", to_rfc3339(event.occurred_at)},
               {"actor", event.actor.value()},
               {"roles", fields::ids(event.roles)}};
  std::visit(Writer{json}, event.body);
  return json;
}

Result<Event> event_from_json(const Json& json) {
  try {
    const auto type = json.at("type").get<std::string>();
    if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
      return corrupt("type " + type);
    if (json.at("v") != kEventVersion) return corrupt("version " + json.at("v").dump());
    const auto recorded = parse_rfc3339(json.at("recorded_at").get<std::string>());
    const auto occurred = parse_rfc3339(json.at("occurred_at").get<std::string>());
    if (!recorded || !occurred) return corrupt("time");
    return Event{json.at("version"),
                 *recorded,
                 *occurred,
                 PersonId(json.at("actor")),
                 fields::roles(json.at("roles")),
                 read_body(type, json)};
  } catch (const nlohmann::json::exception& error) {
    return corrupt(error.what());
  }
}

Change difference(const Json& before, const Json& after) {
  Change change;
  for (const auto& [key, value] : after.items()) {
    const auto found = before.find(key);
    if (found == before.end() || *found != value) change.set[key] = value;
  }
  for (const auto& [key, value] : before.items()) {
    if (!after.contains(key)) change.unset.push_back(key);
  }
  return change;
}

void apply(const Change& change, Json& object) {
  for (const std::string& key : change.unset) object.erase(key);
  for (const auto& [key, value] : change.set.items()) object[key] = value;
}

}  // namespace mingjian
