#include "engine/lint/due_process.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/lint/names.h"
#include "engine/lint/paths.h"
#include "engine/lint/selection.h"
#include "engine/lint/watch.h"

namespace mingjian::lint {
namespace {

using chart::TransitionIndex;

// Checks one property of one definition.
class Checker {
 public:
  Checker(const Definition& definition, const Property& property, const StateGraph& graph)
      : definition_(definition), property_(property), graph_(graph) {}

  std::vector<Finding> take() { return std::move(findings_); }

  void operator()(const Precedence& precedence) {
    const Selection act = selection(precedence.act);
    const Selection before = selection(precedence.before);
    std::optional<Selection> since;
    if (precedence.since) since.emplace(definition_, *precedence.since);
    const auto breach = find_breach(graph_, [&](bool bit, const Edge& edge) -> Watched {
      for (const Moment& moment : edge.moments) {
        if (since && since->happens_in(moment)) bit = false;
        if (before.happens_in(moment)) bit = true;
        if (!bit && act.happens_in(moment)) return {bit, true, act_of(act, moment)};
      }
      return {bit};
    });
    if (breach) {
      add(*breach, {"可以在应当先行的步骤之前发生", "can happen before what must come first"});
    }
  }

  void operator()(const Response& response) {
    const Selection act = selection(response.act);
    const Selection then = selection(response.then);
    const auto breach = find_breach(graph_, [&](bool bit, const Edge& edge) -> Watched {
      for (const Moment& moment : edge.moments) {
        if (act.happens_in(moment)) bit = true;
        if (then.happens_in(moment)) bit = false;
      }
      return {bit, bit && graph_.nodes[edge.to].snapshot.done};
    });
    if (breach) {
      add(*breach,
          {"案件可以不经应有的后续步骤就办结", "a case can be closed without what must follow"});
    }
  }

  void operator()(const Separation& separation) {
    const Selection act = selection(separation.act);
    const Selection from = selection(separation.from);
    for (TransitionIndex index = 0; index < definition_.chart().transitions().size(); ++index) {
      const auto breach = find_breach(graph_, [&](bool bit, const Edge& edge) -> Watched {
        for (const Moment& moment : edge.moments) {
          if (!moment.by_person) continue;
          const auto& taken = moment.taken;
          const bool acts = std::find(taken.begin(), taken.end(), index) != taken.end() &&
                            act.selects(index, moment);
          if (bit && acts) return {bit, true, index};
          bit = bit || std::any_of(taken.begin(), taken.end(), [&](TransitionIndex other) {
                  return from.selects(other, moment) && !is_barred(index, other);
                });
        }
        return {bit};
      });
      if (!breach) continue;
      add(*breach, {"可以由办理过应当分离的步骤的人办理（not_same_as 没有排除）",
                    "can be done by somebody who did what must be kept apart (not_same_as does "
                    "not rule it out)"});
      if (findings_.size() >= kMostOfOneCheck) return;
    }
  }

  void operator()(const Approval& approval) {
    const Selection act = selection(approval.act);
    for (TransitionIndex index = 0; index < definition_.chart().transitions().size(); ++index) {
      if (is_approved(index, approval.by)) continue;
      const auto breach = find_breach(graph_, [&](bool, const Edge& edge) -> Watched {
        for (const Moment& moment : edge.moments) {
          const auto& taken = moment.taken;
          if (std::find(taken.begin(), taken.end(), index) != taken.end() &&
              act.selects(index, moment)) {
            return {false, true, index};
          }
        }
        return {};
      });
      if (!breach) continue;
      const Text role = role::title(approval.by);
      add(*breach, {"没有" + role.zh + "（或者更高一级）的审批",
                    "is not approved by the " + role.en + " or a higher level"});
      if (findings_.size() >= kMostOfOneCheck) return;
    }
  }

  void operator()(const AtTheEnd& end) {
    const ShortestPaths paths(graph_);
    for (NodeIndex node = 0; node < graph_.nodes.size(); ++node) {
      if (!graph_.nodes[node].snapshot.done) continue;
      const guard::Truth truth = truth_at(end.condition, graph_.nodes[node]);
      if (truth == guard::Truth::kTrue) continue;
      add({paths.to(node), std::nullopt},
          {"案件可以在不符合条件时办结", "a case can be closed while it does not hold"},
          truth == guard::Truth::kUnknown);
      return;
    }
  }

 private:
  Selection selection(const Selector& selector) {
    Selection made(definition_, selector);
    if (made.is_idle() && !property_.pointer.empty()) {
      findings_.push_back({"idle_property",
                           Severity::kWarning,
                           {"性质“" + property_.title.zh + "”所说的步骤在定义中不存在",
                            "nothing in the definition is what the property \"" +
                                property_.title.en + "\" speaks of"},
                           property_.pointer,
                           property_.rules});
    }
    return made;
  }

  static std::optional<TransitionIndex> act_of(const Selection& act, const Moment& moment) {
    for (const TransitionIndex index : moment.taken) {
      if (act.selects(index, moment)) return index;
    }
    return std::nullopt;
  }

  // Whether who took `other` may not take `index`.
  bool is_barred(TransitionIndex index, TransitionIndex other) const {
    const chart::Chart& chart = definition_.chart();
    const chart::StateIndex source = chart.transition(other).source;
    const auto& barred = definition_.transition_notes(index).not_same_as;
    return std::any_of(barred.begin(), barred.end(), [&](chart::StateIndex state) {
      return state == source || chart.is_inside(source, state);
    });
  }

  bool is_approved(TransitionIndex index, const Role& by) const {
    const auto signatures = signatures_of(definition_.transition_notes(index).approval);
    const auto suffices = [&](const Role& role) {
      return role == by || role::approval_level(role) > role::approval_level(by);
    };
    // Where any of several signs, whoever it is must suffice.
    return std::any_of(signatures.begin(), signatures.end(), [&](const std::vector<Role>& roles) {
      return std::all_of(roles.begin(), roles.end(), suffices);
    });
  }

  void add(const Breach& breach, const Text& how, bool approximate = false) {
    Text subject;
    std::string pointer = property_.pointer;
    if (breach.act) {
      const Text name = name_of_transition(definition_, *breach.act);
      subject = {"：“" + name.zh + "”", ": " + name.en + " "};
      pointer = definition_.chart().transition(*breach.act).pointer;
    } else {
      subject = {"：", ": "};
    }
    findings_.push_back({"broken_property",
                         Severity::kError,
                         {"“" + property_.title.zh + "”得不到保证" + subject.zh + how.zh,
                          "\"" + property_.title.en + "\" is not ensured" + subject.en + how.en},
                         std::move(pointer),
                         property_.rules,
                         steps_of(definition_, breach.path),
                         approximate || any_guessed(breach.path)});
  }

  const Definition& definition_;
  const Property& property_;
  const StateGraph& graph_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_properties(const Definition& definition,
                                      const std::vector<Property>& properties,
                                      const StateGraph& graph) {
  std::vector<Finding> findings;
  for (const Property& property : properties) {
    Checker checker(definition, property, graph);
    std::visit(checker, property.what);
    for (Finding& finding : checker.take()) findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace mingjian::lint
