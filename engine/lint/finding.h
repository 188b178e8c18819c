#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian::lint {

enum class Severity {
  kError,    // the definition is refused
  kWarning,  // somebody should look at it
};

// One step of a path through a definition.
struct PathStep {
  std::string event;    // what was sent, or the delay that ran out; empty for the start
  Text title;           // of the transition that was taken
  std::string pointer;  // of that transition

  bool operator==(const PathStep&) const = default;
};

// Something that a check has found in a definition.
struct Finding {
  std::string check;  // its name, e.g. "unreachable_state"; see lint/README.md
  Severity severity = Severity::kError;
  Text message;
  std::string pointer;              // JSON pointer (RFC 6901) of the place in the definition
  std::vector<RuleId> rules = {};   // of the register, that ask for what is not so
  std::vector<PathStep> path = {};  // the shortest way to where it shows, from the filing on
  // Whether the path rests on conditions about data that the linter does not know, so that perhaps
  // no case can go it.
  bool approximate = false;

  bool operator==(const Finding&) const = default;
};

}  // namespace mingjian::lint
