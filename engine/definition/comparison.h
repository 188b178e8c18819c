#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/definition/difference.h"

// The parts of difference().
namespace mingjian {

// A version with its text read again, for what has no compiled form: guards, actions, ...
struct Reading {
  explicit Reading(const Definition& read);

  // The object at the pointer; empty where there is none.
  [[nodiscard]] const OrderedJson& at(const std::string& pointer) const;
  // “title” or "title", the id where it has none.
  [[nodiscard]] Text name(chart::StateIndex state) const;
  [[nodiscard]] Text name(chart::TransitionIndex transition, const std::string& label) const;

  const Definition& definition;
  OrderedJson json;
};

// Something that is in both versions, or (an empty pointer) in one only, and the changes found.
struct Subject {
  std::string id;
  std::string from;
  std::string to;
  std::vector<DefinitionChange>& changes;

  void add(ChangeKind kind, SafeguardEffect effect, Text text) const {
    changes.push_back({kind, effect, id, std::move(text), from, to});
  }
};

void compare_states(const Reading& from, chart::StateIndex before, const Reading& to,
                    chart::StateIndex after, const Subject& subject);

// `label`: the event, or what else takes the transition.
void compare_transitions(const Reading& from, chart::TransitionIndex before, const Reading& to,
                         chart::TransitionIndex after, const std::string& label,
                         const Subject& subject);

// The fields of two forms; `where` begins each sentence.
void compare_forms(const Json& from, const Json& to, const Text& where, const Subject& subject);

// Who may do something: `where` begins the sentence.
void compare_roles(const std::vector<Role>& from, const std::vector<Role>& to, ChangeKind kind,
                   const Text& where, const Subject& subject);

void compare_rules(const std::vector<RuleId>& from, const std::vector<RuleId>& to,
                   const Text& where, const Subject& subject);

// The keys in which two objects differ, apart from those that were compared by what they mean.
void compare_rest(const OrderedJson& from, const OrderedJson& to,
                  const std::vector<std::string>& compared, const Text& where,
                  const Subject& subject);

// What `has` has and `lacks` does not, each as often as it is missing, in order.
template <class Entry>
[[nodiscard]] std::vector<Entry> missing(const std::vector<Entry>& has, std::vector<Entry> lacks) {
  std::vector<Entry> gone;
  for (const Entry& entry : has) {
    const auto found = std::find(lacks.begin(), lacks.end(), entry);
    if (found == lacks.end()) {
      gone.push_back(entry);
    } else {
      lacks.erase(found);
    }
  }
  return gone;
}

}  // namespace mingjian
