#include <array>
#include <string_view>

#include "engine/case/json_fields.h"
#include "engine/case/migration.h"

namespace mingjian {
namespace {

// Enumerations by the names that events and callers use, in the order of their values.
constexpr std::array<std::string_view, 2> kSignatureRules = {"keep_where_same", "ask_again"};
constexpr std::array<std::string_view, 2> kTimeRules = {"continue", "restart"};
constexpr std::array<std::string_view, 3> kRequestFates = {"carried", "returned", "ended"};
constexpr std::array<std::string_view, 4> kTimerFates = {"kept", "moved", "started", "ended"};

template <class Value, std::size_t count>
Json name(const std::array<std::string_view, count>& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

template <class Value, std::size_t count>
std::optional<Value> value_named(const std::array<std::string_view, count>& names,
                                 const Json& json) {
  for (std::size_t i = 0; i < count; ++i) {
    if (json == names[i]) return static_cast<Value>(i);
  }
  return std::nullopt;
}

// As the readers of nlohmann do, so that the callers have one kind of failure.
template <class Value, std::size_t count>
Value known_value(const std::array<std::string_view, count>& names, const Json& json) {
  const auto value = value_named<Value>(names, json);
  if (!value) throw Json::other_error::create(501, "unknown value " + json.dump(), nullptr);
  return *value;
}

Json limit_json(const std::optional<StatedLimit>& limit) {
  return limit ? Json{{"amount", limit->amount}, {"unit", limit->unit}} : Json();
}

std::optional<StatedLimit> stated_limit(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return StatedLimit{json.at("amount"), json.at("unit")};
}

tl::unexpected<Error> wrong(Text message, std::string pointer) {
  return fail(ErrorKind::kInvalidInput, std::move(message), std::move(pointer));
}

// Reads a rule where one is given. Errors: none of the names.
template <class Value, std::size_t count>
Result<Value> rule(const Json& carry, const char* key,
                   const std::array<std::string_view, count>& names, Value otherwise) {
  const auto given = carry.find(key);
  if (given == carry.end()) return otherwise;
  if (const auto value = value_named<Value>(names, *given)) return *value;
  const std::string known = std::string(names[0]) + ", " + std::string(names[1]);
  return wrong({"应为：" + known, "expected one of: " + known}, "/carry" + pointer_part(key));
}

Result<StateMapping> state_mapping(const Json& json) {
  if (!json.is_object()) return wrong({"应为对象", "expected an object"}, "/states");
  StateMapping mapping;
  for (const auto& [from, to] : json.items()) {
    if (!to.is_string())
      return wrong({"应为状态 id", "expected the id of a state"}, "/states" + pointer_part(from));
    mapping[from] = to.get<std::string>();
  }
  return mapping;
}

}  // namespace

Result<MigrateCase> migrate_case_from_json(const Json& json) {
  if (!json.is_object()) return wrong({"应为 JSON 对象", "expected a JSON object"}, "");
  for (const auto& [key, value] : json.items()) {
    if (key != "version" && key != "states" && key != "carry" && key != "reason")
      return wrong({"没有这个项目", "no such field"}, pointer_part(key));
  }
  const Json version = json.value("version", Json());
  if (!version.is_number_integer()) return wrong({"应为整数", "expected an integer"}, "/version");
  const Json reason = json.value("reason", Json(""));
  if (!reason.is_string()) return wrong({"应为字符串", "expected a string"}, "/reason");
  auto states = state_mapping(json.value("states", Json::object()));
  if (!states) return tl::unexpected<Error>(states.error());
  const Json carry = json.value("carry", Json::object());
  if (!carry.is_object()) return wrong({"应为对象", "expected an object"}, "/carry");
  for (const auto& [key, value] : carry.items()) {
    if (key != "signatures" && key != "time")
      return wrong({"没有这个项目", "no such field"}, "/carry" + pointer_part(key));
  }
  const CarryRules usual;
  const auto signatures = rule(carry, "signatures", kSignatureRules, usual.signatures);
  if (!signatures) return tl::unexpected<Error>(signatures.error());
  const auto time = rule(carry, "time", kTimeRules, usual.time);
  if (!time) return tl::unexpected<Error>(time.error());
  return MigrateCase{version.get<std::int64_t>(),
                     std::move(*states),
                     {*signatures, *time},
                     reason.get<std::string>()};
}

namespace fields {

Json to_json(const CarryRules& rules) {
  return {{"signatures", name(kSignatureRules, rules.signatures)},
          {"time", name(kTimeRules, rules.time)}};
}

Json to_json(const RequestOutcome& outcome) {
  Json json = {{"request", outcome.request.value()},
               {"fate", name(kRequestFates, outcome.fate)},
               {"source", outcome.source},
               {"transitions", outcome.transitions}};
  if (!outcome.reason.zh.empty()) json["reason"] = to_json(outcome.reason);
  if (!outcome.task.empty()) json["task"] = outcome.task.value();
  return json;
}

Json to_json(const TimerOutcome& outcome) {
  return {{"state", outcome.state},
          {"delay", outcome.delay},
          {"due_ms", outcome.due_ms},
          {"fate", name(kTimerFates, outcome.fate)}};
}

Json to_json(const LimitOutcome& outcome) {
  return {{"stage", outcome.stage},
          {"before", limit_json(outcome.before)},
          {"after", limit_json(outcome.after)}};
}

CarryRules carry_rules(const Json& json) {
  return {known_value<SignatureRule>(kSignatureRules, json.at("signatures")),
          known_value<TimeRule>(kTimeRules, json.at("time"))};
}

std::vector<RequestOutcome> request_outcomes(const Json& json) {
  std::vector<RequestOutcome> outcomes;
  for (const Json& entry : json) {
    outcomes.push_back(
        {RequestId(entry.at("request")), known_value<RequestFate>(kRequestFates, entry.at("fate")),
         entry.contains("reason") ? text(entry["reason"]) : Text{}, TaskId(entry.value("task", "")),
         entry.at("source"), entry.at("transitions")});
  }
  return outcomes;
}

std::vector<TimerOutcome> timer_outcomes(const Json& json) {
  std::vector<TimerOutcome> outcomes;
  for (const Json& entry : json) {
    outcomes.push_back({entry.at("state"), entry.at("delay"), entry.at("due_ms"),
                        known_value<TimerFate>(kTimerFates, entry.at("fate"))});
  }
  return outcomes;
}

std::vector<LimitOutcome> limit_outcomes(const Json& json) {
  std::vector<LimitOutcome> outcomes;
  for (const Json& entry : json) {
    outcomes.push_back(
        {entry.at("stage"), stated_limit(entry.at("before")), stated_limit(entry.at("after"))});
  }
  return outcomes;
}

}  // namespace fields
}  // namespace mingjian
