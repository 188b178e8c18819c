#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/result.h"
#include "engine/chart/chart.h"
#include "engine/definition/approval.h"
#include "engine/definition/form.h"
#include "engine/definition/register.h"
#include "engine/guard/expression.h"

namespace mingjian {

// Bounds of the text of a definition.
inline constexpr JsonLimits kDefinitionLimits{
    .bytes = 4 << 20, .depth = 128, .members = 4096, .string_bytes = 16 << 10};

// 时限, as the definition states it. How it is counted belongs to legal time.
struct TimeLimit {
  int amount = 0;
  std::string unit;  // hour, day, working_day, month, year
  Text from;         // the event that starts it
  RuleId rule;
};

// What a definition says of a state beyond the statechart.
struct StateNotes {
  Text title;
  std::string stage;  // 环节, a code of the table "stages"; empty: a state inside a stage
  std::vector<RuleId> rules;
  std::optional<TimeLimit> time_limit;
  Text no_time_limit;           // why there is none
  std::vector<Text> documents;  // 文书: what the state produces
};

// A case of another definition that a transition asks to open and to link.
struct Spawn {
  std::string definition;
  std::string link;
};

// What a definition says of a transition beyond the statechart.
struct TransitionNotes {
  Text title;
  std::vector<Role> by;  // who may take it or ask for it; empty only where no person takes it
  std::optional<Form> form;
  std::vector<std::string> materials;
  std::vector<ApprovalStep> approval;            // in order; empty: none is needed
  Resumption resumption = Resumption::kInOrder;  // of an approval that was returned
  std::vector<chart::StateIndex> not_same_as;
  std::vector<RuleId> rules;
  Text guard_title;  // the guard in words
  std::vector<Text> documents;
  std::optional<Spawn> spawns;
};

// How a case begins (受理登记).
struct Filing {
  Text title;
  std::vector<Role> by;
  Form form;  // its fields become data of the case, and only they can be amended later
};

// A version of a definition that was checked as a whole. Immutable; shared between threads.
class Definition {
 public:
  struct Parts {
    std::string source;
    std::string digest;
    std::int64_t version = 0;
    Text title;
    Text purpose;
    std::string number_prefix;
    chart::Chart chart;
    std::vector<StateNotes> states;
    std::vector<TransitionNotes> transitions;
    Filing filing;
    Form data;
    std::map<std::string, Text> materials;
    std::optional<guard::Expression> case_title;
    CodeTables codes;
  };
  explicit Definition(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] const std::string& id() const { return parts_.chart.id(); }
  [[nodiscard]] std::int64_t version() const { return parts_.version; }
  // SHA-256 of the bytes that were loaded.
  [[nodiscard]] const std::string& digest() const { return parts_.digest; }
  // The bytes that were loaded: the order of keys has meaning, so they are never written anew.
  [[nodiscard]] const std::string& source() const { return parts_.source; }
  [[nodiscard]] const Text& title() const { return parts_.title; }
  // What the procedure is for; empty where the definition does not say it.
  [[nodiscard]] const Text& purpose() const { return parts_.purpose; }
  // Begins the number of a case, e.g. "问责".
  [[nodiscard]] const std::string& number_prefix() const { return parts_.number_prefix; }
  [[nodiscard]] const chart::Chart& chart() const { return parts_.chart; }
  [[nodiscard]] const StateNotes& notes(chart::StateIndex state) const {
    return parts_.states[state];
  }
  [[nodiscard]] const TransitionNotes& transition_notes(chart::TransitionIndex transition) const {
    return parts_.transitions[transition];
  }
  [[nodiscard]] const Filing& filing() const { return parts_.filing; }
  // What the data of a case may be.
  [[nodiscard]] const Form& data() const { return parts_.data; }
  // The kinds of documents that can be attached (材料).
  [[nodiscard]] const std::map<std::string, Text>& materials() const { return parts_.materials; }
  // The title of a case from its data; empty where the definition has no rule for it.
  [[nodiscard]] std::string case_title(const Json& data) const;
  [[nodiscard]] const std::optional<guard::Expression>& case_title_rule() const {
    return parts_.case_title;
  }
  // The code tables as they were when the definition was loaded.
  [[nodiscard]] const CodeTables& codes() const { return parts_.codes; }

 private:
  Parts parts_;
};

// Reads a definition, checks it against `schema` (workflows/schema/definition.schema.json), the
// statechart contract and the register, and compiles it. Errors: kInvalidInput, each with the JSON
// pointer of its place; at least one.
[[nodiscard]] tl::expected<Definition, std::vector<Error>> load_definition(std::string source,
                                                                           const Form& schema,
                                                                           const Register& known);

}  // namespace mingjian
