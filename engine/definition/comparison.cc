#include "engine/definition/comparison.h"

#include <algorithm>

#include "engine/access/role.h"
#include "engine/base/wording.h"
#include "engine/definition/form_difference.h"

namespace mingjian {
namespace {

Text words_for(ChangeKind kind) {
  using enum ChangeKind;
  switch (kind) {
    case kFieldAdded:
      return {"增加填写项目", "asks a further field: "};
    case kFieldRemoved:
      return {"不再填写", "no longer asks: "};
    case kFieldRequired:
      return {"改为必填：", "now requires: "};
    case kFieldOptional:
      return {"不再必填：", "no longer requires: "};
    case kFieldType:
      return {"内容类型有变化：", "asks another type of value: "};
    default:
      return {"可填内容有变化：", "admits other values: "};
  }
}

}  // namespace

Reading::Reading(const Definition& read)
    : definition(read), json(OrderedJson::parse(read.source())) {}

const OrderedJson& Reading::at(const std::string& pointer) const {
  static const OrderedJson kNone = OrderedJson::object();
  const OrderedJson& place = json.at(OrderedJson::json_pointer(pointer));
  return place.is_object() ? place : kNone;
}

Text Reading::name(chart::StateIndex state) const {
  return quoted(definition.notes(state).title, definition.chart().state(state).id);
}

Text Reading::name(chart::TransitionIndex transition, const std::string& label) const {
  return quoted(definition.transition_notes(transition).title, label);
}

void compare_forms(const Json& from, const Json& to, const Text& where, const Subject& subject) {
  for (const FieldChange& change : form_difference(from, to)) {
    const Text words = words_for(change.kind);
    const Text title = quoted(change.title, "/" + change.path);
    subject.add(change.kind, change.effect,
                {where.zh + words.zh + title.zh, where.en + " " + words.en + title.en});
  }
}

void compare_roles(const std::vector<Role>& from, const std::vector<Role>& to, ChangeKind kind,
                   const Text& where, const Subject& subject) {
  for (const Role& added : missing(to, from)) {
    subject.add(kind, SafeguardEffect::kNeutral,
                {where.zh + "增加办理人：" + role::title(added).zh,
                 where.en + " is now also for: " + role::title(added).en});
  }
  for (const Role& removed : missing(from, to)) {
    subject.add(kind, SafeguardEffect::kNeutral,
                {where.zh + "取消办理人：" + role::title(removed).zh,
                 where.en + " is no longer for: " + role::title(removed).en});
  }
}

void compare_rules(const std::vector<RuleId>& from, const std::vector<RuleId>& to,
                   const Text& where, const Subject& subject) {
  for (const RuleId& added : missing(to, from)) {
    subject.add(
        ChangeKind::kRules, SafeguardEffect::kNeutral,
        {where.zh + "增加依据 " + added.value(), where.en + " now also rests on " + added.value()});
  }
  for (const RuleId& removed : missing(from, to)) {
    subject.add(ChangeKind::kRules, SafeguardEffect::kNeutral,
                {where.zh + "取消依据 " + removed.value(),
                 where.en + " no longer rests on " + removed.value()});
  }
}

void compare_rest(const OrderedJson& from, const OrderedJson& to,
                  const std::vector<std::string>& compared, const Text& where,
                  const Subject& subject) {
  std::string keys;
  const auto note = [&](const std::string& key) {
    const bool known = std::find(compared.begin(), compared.end(), key) != compared.end();
    if (known) return;
    if (!keys.empty()) keys += ", ";
    keys += key;
  };
  for (const auto& [key, value] : from.items()) {
    if (!to.contains(key) || to[key] != value) note(key);
  }
  for (const auto& [key, value] : to.items()) {
    if (!from.contains(key)) note(key);
  }
  if (keys.empty()) return;
  subject.add(ChangeKind::kOther, SafeguardEffect::kNeutral,
              {where.zh + "的其他内容有变化：" + keys, where.en + " differs in: " + keys});
}

}  // namespace mingjian
