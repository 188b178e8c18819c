#pragma once

#include <string>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian {

// What of a procedure is not as it was.
enum class ChangeKind {
  kDefinition,  // its title, the beginning of case numbers, the first data, ...
  kFiling,      // who may file a case
  kStateAdded,
  kStateRemoved,
  kStateRenamed,
  kStateStructure,  // its kind, where it begins, its code as a stage
  kTransitionAdded,
  kTransitionRemoved,
  kTransitionRenamed,
  kTransitionRetargeted,
  kTransitionOrder,  // of those for one event: the first whose guard holds is taken
  kActors,           // who may take the step or ask for it
  kFieldAdded,
  kFieldRemoved,
  kFieldRequired,
  kFieldOptional,
  kFieldType,
  kFieldChanged,
  kMaterialAdded,
  kMaterialRemoved,
  kApprovalAdded,
  kApprovalRemoved,
  kApprovalRole,
  kApprovalOrder,
  kApprovalResumption,  // who signs again after a return
  kTimeLimit,
  kGuard,
  kSeparationAdded,
  kSeparationRemoved,
  kRules,
  kOther,  // what has no words of its own; `text` names the keys
};

// Whether a change takes a safeguard (程序保障) from the person concerned, or gives one. Neutral is
// also what a program cannot judge, such as another guard in the place of one.
enum class SafeguardEffect { kWeakens, kNeutral, kStrengthens };

struct DefinitionChange {
  ChangeKind kind;
  SafeguardEffect effect;
  std::string subject;  // id of the state or definition; of a transition "state id event"
  Text text;
  // JSON pointers of the place in both versions; empty where it is not in one of them.
  std::string from;
  std::string to;
};

// All that differs between two versions, in document order of the first; what only the second has
// comes after. Empty if and only if the two have the same bytes. States are the same if they have
// the same id, transitions if they leave the same state for the same event.
[[nodiscard]] std::vector<DefinitionChange> difference(const Definition& from,
                                                       const Definition& to);

// "state_added", "approval_removed", ...
[[nodiscard]] std::string name_of(ChangeKind kind);
// "weakens", "neutral", "strengthens".
[[nodiscard]] std::string name_of(SafeguardEffect effect);

}  // namespace mingjian
