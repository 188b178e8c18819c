#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "engine/base/ids.h"
#include "engine/base/json.h"
#include "engine/base/text.h"

// How a case moves to a newer version of its definition (迁移): what is ordered, and what became of
// it.
namespace mingjian {

// State id in the version that is left -> state id in the new one. A state that is not named keeps
// its id.
using StateMapping = std::map<std::string, std::string>;

// The state that stands for `state` in the new version.
[[nodiscard]] inline const std::string& counterpart(const StateMapping& mapping,
                                                    const std::string& state) {
  const auto named = mapping.find(state);
  return named == mapping.end() ? state : named->second;
}

// What becomes of the signatures on a request that is still open.
enum class SignatureRule {
  kKeepWhereSame,  // they count where the new version asks the same signers in the same order
  kAskAgain,       // the request goes back to who made it
};

// What becomes of time that ran before the case moved: for the timers of `after`, and for the time
// limits of stages where they are counted.
enum class TimeRule {
  kContinue,  // it counts towards the limits of the new version
  kRestart,   // the limits of the new version begin with the migration
};

struct CarryRules {
  SignatureRule signatures = SignatureRule::kKeepWhereSame;
  TimeRule time = TimeRule::kContinue;

  bool operator==(const CarryRules&) const = default;
};

// 迁移: moves a running case to a newer version of its definition.
struct MigrateCase {
  std::int64_t version = 0;
  StateMapping states = {};
  CarryRules carry = {};
  std::string reason = {};
};

enum class RequestFate {
  kCarried,   // goes on in the new version, signatures kept
  kReturned,  // back with the requester, who may ask again
  kEnded,     // the new version has no such step there
};

struct RequestOutcome {
  RequestId request;
  RequestFate fate = RequestFate::kCarried;
  Text reason;                           // empty where carried
  TaskId task;                           // of the requester, where it was returned
  std::string source;                    // its state in the new version; empty where it ended
  std::vector<std::string> transitions;  // JSON pointers in the new version

  bool operator==(const RequestOutcome&) const = default;
};

enum class TimerFate {
  kKept,     // due when it was
  kMoved,    // the new version's delay, counted from when the timer was started
  kStarted,  // begins with the migration
  kEnded,    // the new version has no such delay there
};

// A timer of `after`.
struct TimerOutcome {
  std::string state;  // id in the new version; in the old one where it ended
  std::string delay;
  std::int64_t due_ms = 0;
  TimerFate fate = TimerFate::kKept;

  bool operator==(const TimerOutcome&) const = default;
};

// The length of a time limit as the definition states it.
struct StatedLimit {
  int amount = 0;
  std::string unit;

  bool operator==(const StatedLimit&) const = default;
};

// The time limit of a stage where the case stands, before and after; nothing where there was none.
struct LimitOutcome {
  std::string stage;  // id in the new version
  std::optional<StatedLimit> before;
  std::optional<StatedLimit> after;

  bool operator==(const LimitOutcome&) const = default;
};

// Reads {"version", "states", "carry": {"signatures", "time"}, "reason"}; states and carry may be
// left out. Errors: kInvalidInput with the pointer.
[[nodiscard]] Result<MigrateCase> migrate_case_from_json(const Json& json);

namespace fields {

[[nodiscard]] Json to_json(const CarryRules& rules);
[[nodiscard]] Json to_json(const RequestOutcome& outcome);
[[nodiscard]] Json to_json(const TimerOutcome& outcome);
[[nodiscard]] Json to_json(const LimitOutcome& outcome);

// As the readers of json_fields.h: they throw for a wrong shape.
[[nodiscard]] CarryRules carry_rules(const Json& json);
[[nodiscard]] std::vector<RequestOutcome> request_outcomes(const Json& json);
[[nodiscard]] std::vector<TimerOutcome> timer_outcomes(const Json& json);
[[nodiscard]] std::vector<LimitOutcome> limit_outcomes(const Json& json);

}  // namespace fields
}  // namespace mingjian
