#include "engine/definition/guard_environment.h"

#include <algorithm>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"

namespace mingjian {
namespace {

Json titled(Json schema, const char* zh, const char* en) {
  schema["title"] = {{"zh", zh}, {"en", en}};
  return schema;
}

Json object_of(Json properties) {
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

void collect_raised(const chart::Block& block, std::set<std::string>& raised) {
  for (const chart::Action& action : block) {
    if (const auto* raise = std::get_if<chart::Raise>(&action.what)) raised.insert(raise->event);
    if (const auto* choose = std::get_if<chart::Choose>(&action.what)) {
      for (const auto& branch : choose->branches) collect_raised(branch.actions, raised);
    }
  }
}

std::set<std::string> raised_in(const chart::Chart& chart) {
  std::set<std::string> raised;
  for (const chart::State& state : chart.states()) {
    collect_raised(state.entry, raised);
    collect_raised(state.exit, raised);
    collect_raised(state.initial_actions, raised);
  }
  for (const auto& transition : chart.transitions()) collect_raised(transition.actions, raised);
  return raised;
}

// The data schema; first data that it does not know is there too, but may be anything later.
std::shared_ptr<const Json> context_schema(const Definition& definition) {
  auto schema = definition.data().shared_schema();
  const Json& first = definition.chart().initial_context();
  const auto declares = [&](const std::string& name) {
    return !schema->is_object() || !schema->contains("properties") ||
           (*schema)["properties"].contains(name);
  };
  const auto items = first.items();
  if (std::all_of(items.begin(), items.end(), [&](const auto& e) { return declares(e.key()); }))
    return schema;
  Json wider = *schema;
  for (const auto& [name, value] : first.items()) {
    if (!declares(name)) wider["properties"][name] = Json::object();
  }
  return std::make_shared<const Json>(std::move(wider));
}

Json case_schema(const Definition& definition) {
  const Json text = {{"type", "string"}};
  Json materials = Json::object();
  for (const auto& [kind, title] : definition.materials()) {
    materials[kind] = titled({{"type", "integer"}}, (title.zh + "份数").c_str(),
                             (title.en + " (number of documents)").c_str());
  }
  Json members = titled({{"type", "array"}, {"items", text}}, "办案组成员", "members of the team");
  Json schema =
      object_of({{"number", titled(text, "案件编号", "number of the case")},
                 {"filed_by", titled(text, "受理登记人", "who filed the case")},
                 {"materials", titled(object_of(std::move(materials)), "材料", "materials")},
                 {"members", std::move(members)}});
  schema["required"] = {"number", "filed_by", "materials", "members"};
  return schema;
}

Json actor_schema() {
  Json names = Json::array();
  for (const Role& role : role::kAll) names.push_back(role.value());
  const Json role = {{"type", "string"}, {"enum", std::move(names)}, {"code", kRoleTable}};
  Json roles =
      titled({{"type", "array"}, {"items", role}}, "办理人的职责", "roles of the person acting");
  Json schema = object_of({{"id", titled({{"type", "string"}}, "办理人", "person acting")},
                           {"roles", std::move(roles)}});
  return schema;
}

std::shared_ptr<const Json> shared(Json schema) {
  return std::make_shared<const Json>(std::move(schema));
}

// `data`: the schema of the event's data.
std::shared_ptr<const Json> event_schema(Json data) {
  Json type = titled({{"type", "string"}}, "事件", "event");
  return shared(object_of({{"type", std::move(type)}, {"data", std::move(data)}}));
}

}  // namespace

GuardEnvironments::GuardEnvironments(const Definition& definition)
    : definition_(definition),
      raised_(raised_in(definition.chart())),
      context_(context_schema(definition)),
      case_(shared(case_schema(definition))),
      actor_(shared(actor_schema())),
      now_(shared(titled({{"type", "integer"}}, "当前时间（毫秒）", "time now (milliseconds)"))) {}

// What a person sends was checked against the form; where there is none he sends nothing. Of what
// comes from inside nothing is known.
Json GuardEnvironments::data_asked(const chart::Transition& transition, const Form* form) const {
  using Kind = chart::Descriptor::Kind;
  if (transition.trigger == chart::Trigger::kAfter) return {{"type", "null"}};
  if (transition.trigger != chart::Trigger::kEvent || transition.event.kind != Kind::kExact ||
      transition.event.name.starts_with("done.") || transition.event.name.starts_with("error.") ||
      raised_.contains(transition.event.name)) {
    return Json::object();
  }
  if (form != nullptr) return form->schema();
  Json nothing = object_of(Json::object());
  nothing["type"] = {"null", "object"};
  return nothing;
}

guard::TypeEnvironment GuardEnvironments::of(chart::TransitionIndex index) const {
  const auto& form = definition_.transition_notes(index).form;
  auto environment = of_any_event();
  environment.members["event"] =
      event_schema(data_asked(definition_.chart().transition(index), form ? &*form : nullptr));
  return environment;
}

guard::TypeEnvironment GuardEnvironments::of_any_event() const {
  return {{{"context", context_},
           {"event", event_schema(Json::object())},
           {"now", now_},
           {"case", case_},
           {"actor", actor_}}};
}

guard::TypeEnvironment GuardEnvironments::of_title() const { return {{{"context", context_}}}; }

}  // namespace mingjian
