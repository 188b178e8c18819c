#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "engine/access/role.h"
#include "engine/access/system_actor.h"
#include "engine/case/decide.h"
#include "engine/case/decide_due.h"
#include "tests/support/invariants.h"
#include "tests/support/small_definition.h"
#include "tests/support/turns.h"

// One case that is decided and folded in memory, by people who each hold one role, with what must
// hold after every step.
namespace mingjian::testing {

inline const std::map<std::string, Role>& people() {
  static const std::map<std::string, Role> kPeople = {
      {"inspector", role::kInspector}, {"other-inspector", role::kInspector},
      {"head", role::kDepartmentHead}, {"deputy", role::kDeputyInCharge},
      {"main", role::kMainHead},       {"trial", role::kTrialOfficer},
      {"auditor", role::kAuditor}};
  return kPeople;
}

class SmallOffice {
 public:
  // Files a case as "inspector". All versions must outlive the office.
  explicit SmallOffice(const Definition& definition, Json data = {{"facts", "x"}})
      : definition_(&definition) {
    const Person person{PersonId("inspector"),
                        {},
                        {{OrganisationId("organ"), role::kInspector, {}, std::nullopt}},
                        true};
    const OrganisationTree tree({{OrganisationId("organ"), {}, {}, {}}});
    const Actor actor(person, tree, now_);
    auto filed = decide_filing({definition, actor, OrganisationId("organ"), "1"},
                               FileCase{definition.id(), std::move(data)}, now_);
    state_.id = CaseId("case");
    take(filed.value());
  }

  // What the command does, or what stands in the way; it is folded where there are events.
  Decided act(const std::string& person, const Command& command,
              const Definition* target = nullptr) {
    auto decided = rehearse(person, command, target);
    if (decided) take(*decided);
    return decided;
  }

  Decided rehearse(const std::string& person, const Command& command,
                   const Definition* target = nullptr) {
    const DecisionInput input{.now = now_,
                              .fresh_id = [this] { return fresh(); },
                              .assignee = nullptr,
                              .other_case_known = false,
                              .codes = nullptr,
                              .target = target};
    const auto situation =
        situation_of(*definition_, state_, PersonId(person), {people().at(person)});
    auto decided = decide(situation.value(), command, input);
    if (decided && std::holds_alternative<MigrateCase>(command)) next_definition_ = target;
    return decided;
  }

  Decided fire(const std::string& person, const std::string& event, Json data = nullptr) {
    return act(person, FireTransition{event, std::move(data)});
  }
  Decided sign(const std::string& person, std::size_t request = 0,
               Decision decision = Decision::kApprove) {
    return act(person, DecideRequest{tasks_of(state_.requests.at(request)).front(), decision, "x"});
  }
  Decided migrate(const Definition& target, StateMapping states = {}, CarryRules carry = {}) {
    return act("main", MigrateCase{target.version(), std::move(states), carry, "x"}, &target);
  }

  // What has fallen due by now, folded.
  Decided fall_due() {
    auto decided = decide_due(situation_of(*definition_, state_, kSystem, {}).value(), now_);
    if (decided && !decided->empty()) take(*decided);
    return decided;
  }

  void pass(std::int64_t hours) { now_.microseconds += hours * 3'600'000'000; }

  [[nodiscard]] const CaseState& state() const { return state_; }
  [[nodiscard]] const Definition& definition() const { return *definition_; }
  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] std::vector<std::string> stands() const {
    return state_.chart["configuration"].get<std::vector<std::string>>();
  }

 private:
  std::string fresh() { return "id-" + std::to_string(++ids_); }

  void take(const std::vector<Event>& events) {
    const CaseState before = state_;
    for (const Event& event : events) {
      evolve(state_, event);
      events_.push_back(event);
      if (std::holds_alternative<CaseMigrated>(event.body)) definition_ = next_definition_;
    }
    invariants_.follow(before, state_, events);
  }

  const Definition* definition_;
  const Definition* next_definition_ = nullptr;
  CaseState state_;
  std::vector<Event> events_;
  Invariants invariants_;
  Instant now_{1'800'000'000'000'000};
  int ids_ = 0;
};

// The small procedure up to its parallel part.
inline void investigate(SmallOffice& office) {
  ASSERT_TRUE(office.fire("inspector", "accept", {{"checked", true}}));
  ASSERT_TRUE(office.fire("inspector", "investigate"));
  ASSERT_TRUE(office.sign("head"));
  ASSERT_TRUE(office.sign("main"));
  ASSERT_EQ(office.stands(), (std::vector<std::string>{"lead.investigation.evidence.collecting",
                                                       "lead.investigation.statement.taking"}));
}

inline std::string text_of(const std::vector<Obstacle>& obstacles) {
  std::string text;
  for (const Obstacle& obstacle : obstacles)
    text += name_of(obstacle.kind) + " " + obstacle.pointer + " " + obstacle.message.en + "\n";
  return text;
}

}  // namespace mingjian::testing
