#pragma once

#include <memory>
#include <set>
#include <string>

#include "engine/definition/definition.h"
#include "engine/guard/environment.h"

namespace mingjian {

// The "code" of the schema of a role, whose titles are in access/role.h and in no code table.
inline constexpr const char* kRoleTable = "roles";

// What the expressions of a definition see, as schemas with titles: "context" as its data schema
// says, "event" with the form of a transition, "now", "case" and "actor" (the facts of
// case/situation.h). Immutable; the definition must outlive it and what it gives.
class GuardEnvironments {
 public:
  explicit GuardEnvironments(const Definition& definition);

  // Of the guard and the actions of a transition.
  [[nodiscard]] guard::TypeEnvironment of(chart::TransitionIndex transition) const;
  // Of actions on entering and leaving states, which any event may cause.
  [[nodiscard]] guard::TypeEnvironment of_any_event() const;
  // Of the title of a case.
  [[nodiscard]] guard::TypeEnvironment of_title() const;

 private:
  [[nodiscard]] Json data_asked(const chart::Transition& transition, const Form* form) const;

  const Definition& definition_;
  std::set<std::string> raised_;  // events that actions raise, with data of their own
  std::shared_ptr<const Json> context_;
  std::shared_ptr<const Json> case_;
  std::shared_ptr<const Json> actor_;
  std::shared_ptr<const Json> now_;
};

}  // namespace mingjian
