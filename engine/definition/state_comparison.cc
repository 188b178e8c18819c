#include <compare>

#include "engine/definition/comparison.h"
#include "engine/definition/limit_length.h"

namespace mingjian {
namespace {

using enum SafeguardEffect;

void compare_limits(const StateNotes& from, const StateNotes& to, const Text& where,
                    const Subject& subject) {
  if (!from.time_limit && !to.time_limit) return;
  if (!to.time_limit) {
    const Text before = describe(*from.time_limit);
    subject.add(ChangeKind::kTimeLimit, kWeakens,
                {where.zh + "取消时限（原为" + before.zh + "）",
                 where.en + " no longer has a time limit (it was " + before.en + ")"});
    return;
  }
  const Text after = describe(*to.time_limit);
  if (!from.time_limit) {
    subject.add(
        ChangeKind::kTimeLimit, kStrengthens,
        {where.zh + "增加时限：" + after.zh, where.en + " now has a time limit: " + after.en});
    return;
  }
  const Text before = describe(*from.time_limit);
  const Text both = {"：" + before.zh + " → " + after.zh, ": " + before.en + " -> " + after.en};
  const auto order = compare_length(*from.time_limit, *to.time_limit);
  if (order < 0) {
    subject.add(ChangeKind::kTimeLimit, kWeakens,
                {where.zh + "时限延长" + both.zh, where.en + " has a longer time limit" + both.en});
  } else if (order > 0) {
    subject.add(
        ChangeKind::kTimeLimit, kStrengthens,
        {where.zh + "时限缩短" + both.zh, where.en + " has a shorter time limit" + both.en});
  } else if (order == std::partial_ordering::unordered) {
    subject.add(
        ChangeKind::kTimeLimit, kNeutral,
        {where.zh + "时限改变，长短取决于日历" + both.zh,
         where.en + " has another time limit; which is longer depends on the calendar" + both.en});
  }
  if (from.time_limit->from != to.time_limit->from) {
    subject.add(ChangeKind::kTimeLimit, kNeutral,
                {where.zh + "时限的起算改为：" + to.time_limit->from.zh,
                 where.en + " counts its time limit from: " + to.time_limit->from.en});
  }
  if (from.time_limit->rule != to.time_limit->rule) {
    subject.add(ChangeKind::kTimeLimit, kNeutral,
                {where.zh + "时限的依据：" + from.time_limit->rule.value() + " → " +
                     to.time_limit->rule.value(),
                 where.en + " rests its time limit on: " + from.time_limit->rule.value() + " -> " +
                     to.time_limit->rule.value()});
  }
}

void compare_stage(const StateNotes& from, const StateNotes& to, const Text& where,
                   const Subject& subject) {
  if (from.stage == to.stage) return;
  const auto shown = [](const std::string& code) { return code.empty() ? "—" : code; };
  subject.add(
      ChangeKind::kStateStructure, kNeutral,
      {where.zh + "的环节代码：" + shown(from.stage) + " → " + shown(to.stage),
       where.en + " has another stage code: " + shown(from.stage) + " -> " + shown(to.stage)});
}

}  // namespace

void compare_states(const Reading& from, chart::StateIndex before, const Reading& to,
                    chart::StateIndex after, const Subject& subject) {
  const StateNotes& old_notes = from.definition.notes(before);
  const StateNotes& new_notes = to.definition.notes(after);
  const OrderedJson& old_json = from.at(from.definition.chart().state(before).pointer);
  const OrderedJson& new_json = to.at(to.definition.chart().state(after).pointer);
  const Text name = from.name(before);
  const Text where = {"环节" + name.zh, "stage " + name.en};
  if (old_notes.title != new_notes.title) {
    const Text renamed = to.name(after);
    subject.add(ChangeKind::kStateRenamed, kNeutral,
                {where.zh + "改名为" + renamed.zh, where.en + " is now called " + renamed.en});
  }
  for (const char* key : {"type", "initial", "history", "target"}) {
    if (old_json.value(key, OrderedJson()) == new_json.value(key, OrderedJson())) continue;
    subject.add(ChangeKind::kStateStructure, kNeutral,
                {where.zh + "的结构有变化：" + key, where.en + " is built otherwise: " + key});
  }
  compare_stage(old_notes, new_notes, where, subject);
  compare_limits(old_notes, new_notes, where, subject);
  compare_rules(old_notes.rules, new_notes.rules, where, subject);
  compare_rest(old_json, new_json,
               {"title", "type", "initial", "history", "target", "stage", "time_limit", "rules",
                "states", "on", "onDone", "always", "after"},
               where, subject);
}

}  // namespace mingjian
