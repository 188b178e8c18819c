#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/definition/definition.h"

namespace mingjian::lint {

// Which transitions, or entries into states, a property speaks of: all that is given must fit, and
// of each list one. {"rule": "R-INV-009", "enters": "trial"}: a transition that rests on the rule
// and leads into a state of that stage.
struct Selector {
  std::vector<RuleId> rules;        // that the transition rests on
  std::vector<std::string> events;  // that it listens to
  std::vector<std::string> from;    // stage codes or ids: its source is in one of them
  std::vector<std::string> enters;  // stage codes or ids: it enters one of them
};

// No `act` happens before `before` has happened, since `since` happened last if that is given.
struct Precedence {
  Selector act;
  Selector before;
  std::optional<Selector> since;
};

// Once `act` has happened no case is closed before `then` happens.
struct Response {
  Selector act;
  Selector then;
};

// Nobody who did one of `from` does one of `act`: each `act` names, under not_same_as, the states
// that the acts of `from` start from.
struct Separation {
  Selector act;
  Selector from;
};

// Each `act` is approved by this role or a higher one.
struct Approval {
  Selector act;
  Role by;
};

// What holds whenever a case is closed.
struct AtTheEnd {
  guard::Expression condition;
};

// Something that a definition promises of every case (due process). The definition declares its own
// under "properties"; the register's are in workflows/rules/due-process.json.
struct Property {
  std::string id;
  Text title;
  std::vector<RuleId> rules;  // that ask for it
  std::variant<Precedence, Response, Separation, Approval, AtTheEnd> what;
  std::string pointer;  // JSON pointer into the definition; empty for the register's
};

// Reads a list of properties. `chart` resolves the states that conditions ask for. Errors:
// kInvalidInput with pointers that begin with `pointer`: a member of the wrong shape, an unknown
// role or rule, a state, stage or event that the definition does not have (the register's may name
// such ones: `foreign_names`).
enum class Names { kOwn, kForeign };
[[nodiscard]] tl::expected<std::vector<Property>, std::vector<Error>> read_properties(
    const OrderedJson& list, const Definition& definition, const Register& known, Names names,
    const std::string& pointer);

}  // namespace mingjian::lint
