#include "engine/definition/notes.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"

namespace mingjian {
namespace {

const OrderedJson& empty_object() {
  static const OrderedJson kEmpty = OrderedJson::object();
  return kEmpty;
}

// The member, or an empty list where there is none. Shapes were checked by the schema before.
const OrderedJson& member(const OrderedJson& owner, const char* key) {
  static const OrderedJson kNone = OrderedJson::array();
  const auto found = owner.find(key);
  return found == owner.end() ? kNone : *found;
}

Text text_of(const OrderedJson& owner, const char* key) {
  const auto found = owner.find(key);
  if (found == owner.end() || !found->is_object()) return {};
  return {found->value("zh", ""), found->value("en", "")};
}

const OrderedJson& at(const OrderedJson& root, const std::string& pointer) {
  const OrderedJson& place = root.at(OrderedJson::json_pointer(pointer));
  return place.is_object() ? place : empty_object();
}

}  // namespace

NotesReader::NotesReader(const OrderedJson& root, const chart::Chart& chart, const Register& known)
    : root_(root), chart_(chart), known_(known) {
  for (const auto& [kind, title] : member(root, "materials").items()) {
    materials_[kind] = {title.value("zh", ""), title.value("en", "")};
  }
}

void NotesReader::add_error(Text message, std::string pointer) {
  errors_.push_back({ErrorKind::kInvalidInput, std::move(message), std::move(pointer)});
}

bool NotesReader::known_code(const std::string& table, const std::string& code) const {
  const auto found = known_.codes.find(table);
  return found != known_.codes.end() &&
         std::any_of(found->second.begin(), found->second.end(),
                     [&](const Code& entry) { return entry.code == code; });
}

std::vector<StateNotes> NotesReader::states() {
  std::vector<StateNotes> all;
  all.reserve(chart_.states().size());
  for (const chart::State& entry : chart_.states()) {
    all.push_back(state(at(root_, entry.pointer), entry.pointer));
  }
  return all;
}

StateNotes NotesReader::state(const OrderedJson& json, const std::string& pointer) {
  StateNotes notes{.title = text_of(json, "title"),
                   .stage = json.value("stage", ""),
                   .rules = rules(json, pointer),
                   .time_limit = time_limit(json, pointer),
                   .no_time_limit = text_of(json, "no_time_limit"),
                   .documents = documents(json)};
  if (!notes.stage.empty() && !known_code("stages", notes.stage)) {
    add_error({"没有这个环节代码：" + notes.stage, "no such stage code: " + notes.stage},
              pointer + "/stage");
  }
  if (!notes.stage.empty() && !notes.time_limit && notes.no_time_limit.zh.empty()) {
    add_error({"环节既没有时限，也没有说明为何没有时限",
               "the stage has neither a time limit nor a reason for none"},
              pointer);
  }
  return notes;
}

std::vector<TransitionNotes> NotesReader::transitions() {
  std::vector<TransitionNotes> all;
  all.reserve(chart_.transitions().size());
  for (const chart::Transition& entry : chart_.transitions()) {
    const bool by_person = entry.trigger == chart::Trigger::kEvent;
    TransitionNotes notes = transition(at(root_, entry.pointer), entry.pointer);
    if (by_person && notes.by.empty()) {
      add_error(
          {"转移没有写明谁可以办理（by）", "the transition does not say who may take it (by)"},
          entry.pointer);
    }
    const bool asks_somebody = !notes.by.empty() || notes.form || !notes.materials.empty() ||
                               !notes.approval.empty() || !notes.not_same_as.empty();
    // It would be passed over: an approval that nobody is asked for.
    if (entry.trigger == chart::Trigger::kAfter && asks_somebody) {
      add_error({"到期自动发生的转移无人办理，不能写 by、form、materials、approval、not_same_as",
                 "a transition of after happens by itself: it has no by, form, materials, approval "
                 "or not_same_as"},
                entry.pointer);
    }
    all.push_back(std::move(notes));
  }
  return all;
}

TransitionNotes NotesReader::transition(const OrderedJson& json, const std::string& pointer) {
  TransitionNotes notes{.title = text_of(json, "title"),
                        .by = roles(json, pointer),
                        .form = std::nullopt,
                        .materials = kinds(json, pointer),
                        .approval = approval(json, pointer),
                        .resumption = resumption(json),
                        .not_same_as = not_same_as(json, pointer),
                        .rules = rules(json, pointer),
                        .guard_title = text_of(json, "guard_title"),
                        .documents = documents(json),
                        .spawns = spawns(json)};
  if (json.contains("form")) notes.form = form(json["form"], pointer + "/form");
  return notes;
}

std::vector<Role> NotesReader::roles(const OrderedJson& owner, const std::string& pointer) {
  std::vector<Role> named;
  for (const auto& entry : member(owner, "by")) {
    const Role role(entry.get<std::string>());
    if (!role::exists(role)) {
      add_error({"没有这个角色：" + role.value(), "no such role: " + role.value()},
                pointer + "/by/" + std::to_string(named.size()));
    }
    named.push_back(role);
  }
  return named;
}

std::vector<RuleId> NotesReader::rules(const OrderedJson& owner, const std::string& pointer) {
  std::vector<RuleId> named;
  for (const auto& entry : member(owner, "rules")) {
    RuleId rule(entry.get<std::string>());
    if (!known_.rules.contains(rule)) {
      add_error({"规则登记簿中没有 " + rule.value(), "the register has no rule " + rule.value()},
                pointer + "/rules/" + std::to_string(named.size()));
    }
    named.push_back(std::move(rule));
  }
  return named;
}

std::optional<Form> NotesReader::form(const OrderedJson& value, const std::string& pointer) {
  const OrderedJson* schema = &value;
  std::string place = pointer;
  if (value.is_string()) {
    const auto name = value.get<std::string>();
    const OrderedJson& forms = member(root_, "forms");
    if (!forms.is_object() || !forms.contains(name)) {
      add_error({"没有这个表单：" + name, "no such form: " + name}, pointer);
      return std::nullopt;
    }
    schema = &forms[name];
    place = "/forms" + pointer_part(name);
  }
  auto compiled = Form::compile(Json(*schema), known_.codes, place);
  if (compiled) return *compiled;
  errors_.push_back(compiled.error());
  return std::nullopt;
}

std::optional<TimeLimit> NotesReader::time_limit(const OrderedJson& owner,
                                                 const std::string& pointer) {
  const auto found = owner.find("time_limit");
  if (found == owner.end()) return std::nullopt;
  TimeLimit limit{found->value("amount", 0), found->value("unit", ""), text_of(*found, "from"),
                  RuleId(found->value("rule", ""))};
  if (!limit.rule.empty() && !known_.rules.contains(limit.rule)) {
    add_error({"规则登记簿中没有 " + limit.rule.value(),
               "the register has no rule " + limit.rule.value()},
              pointer + "/time_limit/rule");
  }
  return limit;
}

std::vector<ApprovalStep> NotesReader::approval(const OrderedJson& owner,
                                                const std::string& pointer) {
  std::vector<ApprovalStep> steps;
  const auto found = owner.find("approval");
  if (found == owner.end()) return steps;
  for (const auto& entry : member(*found, "steps")) {
    const std::string place = pointer + "/approval/steps/" + std::to_string(steps.size());
    auto by = roles(entry, place);
    // All of one is any of one.
    const bool all = by.size() > 1 && entry.value("signing", "") == name_of(Signing::kAll);
    steps.push_back({text_of(entry, "title"), all ? Signing::kAll : Signing::kAny, std::move(by),
                     rules(entry, place)});
  }
  return steps;
}

Resumption NotesReader::resumption(const OrderedJson& owner) {
  const auto approval = owner.find("approval");
  if (approval == owner.end()) return Resumption::kInOrder;
  return approval->value("resumes", "") == name_of(Resumption::kWhereReturned)
             ? Resumption::kWhereReturned
             : Resumption::kInOrder;
}

std::vector<chart::StateIndex> NotesReader::not_same_as(const OrderedJson& owner,
                                                        const std::string& pointer) {
  std::vector<chart::StateIndex> states;
  for (const auto& entry : member(owner, "not_same_as")) {
    const auto id = entry.get<std::string>();
    const auto state = chart_.find(id);
    if (state) {
      states.push_back(*state);
    } else {
      add_error({"没有这个状态：" + id, "no such state: " + id}, pointer + "/not_same_as");
    }
  }
  return states;
}

std::vector<Text> NotesReader::documents(const OrderedJson& owner) const {
  std::vector<Text> named;
  for (const auto& entry : member(owner, "documents"))
    named.push_back({entry.value("zh", ""), entry.value("en", "")});
  return named;
}

std::optional<Spawn> NotesReader::spawns(const OrderedJson& owner) const {
  const auto found = owner.find("spawns");
  if (found == owner.end()) return std::nullopt;
  return Spawn{found->value("definition", ""), found->value("link", "")};
}

std::vector<std::string> NotesReader::kinds(const OrderedJson& owner, const std::string& pointer) {
  std::vector<std::string> named;
  for (const auto& entry : member(owner, "materials")) {
    auto kind = entry.get<std::string>();
    if (!materials_.contains(kind)) {
      add_error({"没有登记这种材料：" + kind, "no such kind of material: " + kind},
                pointer + "/materials/" + std::to_string(named.size()));
    }
    named.push_back(std::move(kind));
  }
  return named;
}

std::optional<Filing> NotesReader::filing() {
  const OrderedJson& json = at(root_, "/filing");
  auto by = roles(json, "/filing");
  auto asked = form(json.value("form", empty_object()), "/filing/form");
  if (!asked) return std::nullopt;
  return Filing{text_of(json, "title"), std::move(by), std::move(*asked)};
}

std::optional<Form> NotesReader::data() { return form(root_["data"], "/data"); }

std::optional<guard::Expression> NotesReader::case_title() {
  const auto found = root_.find("case_title");
  if (found == root_.end()) return std::nullopt;
  auto compiled = guard::Expression::compile(*found, "/case_title");
  if (compiled) return *compiled;
  errors_.push_back(compiled.error());
  return std::nullopt;
}

}  // namespace mingjian
