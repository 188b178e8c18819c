#include "tests/property/walk.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/access/role.h"
#include "engine/access/system_actor.h"
#include "engine/case/decide_due.h"
#include "engine/case/due.h"
#include "engine/case/json_fields.h"
#include "engine/chart/legal.h"
#include "engine/definition/sample.h"
#include "tests/support/turns.h"

namespace mingjian::testing {
namespace {

const OrganisationId kCommission("commission");
const char* const kDay = "2026-03-02";
constexpr std::int64_t kHour = 3'600'000'000;

// Somebody of every role twice or more, and some who hold two that must not meet in one case.
std::vector<Person> cast() {
  const std::vector<std::pair<std::vector<Role>, int>> holders = {
      {{role::kInspector}, 3},
      {{role::kCaseSupervision}, 2},
      {{role::kDepartmentHead}, 2},
      {{role::kDeputyInCharge}, 2},
      {{role::kMainHead}, 2},
      {{role::kTrialOfficer}, 2},
      {{role::kCommitteeMember}, 2},
      {{role::kPartyCommittee}, 2},
      {{role::kAuditor}, 1},
      {{role::kInspector, role::kTrialOfficer}, 2},
      {{role::kInspector, role::kDepartmentHead}, 1},
      {{role::kCaseSupervision, role::kMainHead, role::kTrialOfficer}, 1}};
  std::vector<Person> people;
  for (const auto& [roles, count] : holders) {
    for (int i = 0; i < count; ++i) {
      Person person{PersonId("p" + std::to_string(people.size())), {}, {}, true};
      for (const Role& role : roles) person.posts.push_back({kCommission, role, {}, std::nullopt});
      people.push_back(std::move(person));
    }
  }
  return people;
}

std::string told(const std::vector<Obstacle>& obstacles) {
  std::string text;
  for (const Obstacle& obstacle : obstacles)
    text +=
        "  " + name_of(obstacle.kind) + " " + obstacle.pointer + " " + obstacle.message.en + "\n";
  return text;
}

bool is_about_data(const Obstacle& obstacle) {
  return obstacle.kind == ObstacleKind::kForm && obstacle.pointer.starts_with("/data");
}

}  // namespace

Walk::Walk(const Definition& definition, std::uint32_t seed)
    : definition_(definition),
      random_(seed),
      tree_({{kCommission, {}, "OK-JW", {"纪委监委", "commission"}}}),
      people_(cast()),
      now_(parse_rfc3339("2026-03-02T00:00:00Z").value()) {}

std::size_t Walk::pick(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
}

const Person& Walk::anybody() { return people_[pick(people_.size())]; }

// Random within what the form allows.
Json Walk::filling(const Form& form) {
  return sample(
      form.schema(), [this](const Json& values) { return values[pick(values.size())]; }, kDay);
}

std::optional<Situation> Walk::situation(const Person& person) const {
  const Actor actor(person, tree_, now_);
  auto roles = roles_on(actor, relation_of(state_));
  auto situation = situation_of(definition_, state_, person.id, std::move(roles));
  EXPECT_TRUE(situation) << situation.error().message.en;
  return situation ? std::optional(std::move(*situation)) : std::nullopt;
}

void Walk::run(std::size_t steps) {
  constexpr std::size_t kPatience = 4000;  // attempts without a step: the case is stuck
  std::size_t since = 0;
  while (figures_.steps < steps) {
    const std::size_t before = figures_.steps;
    if (state_.version == 0 || state_.closed) {
      file();
    } else {
      attempt();
    }
    if (::testing::Test::HasFatalFailure()) {
      std::string way;
      for (const std::string& line : trace_) way += line + "\n";
      ADD_FAILURE() << "the way of the case:\n" << way;
      return;
    }
    since = figures_.steps == before ? since + 1 : 0;
    ASSERT_LT(since, kPatience) << "nobody can do anything; the case stands in "
                                << state_.chart["configuration"] << " with " << state_.data;
  }
}

void Walk::file() {
  const Person& person = anybody();
  const Actor actor(person, tree_, now_);
  const NewCase filing{definition_, actor, kCommission, "1"};
  const auto filed =
      decide_filing(filing, FileCase{definition_.id(), filling(definition_.filing().form)}, now_);
  if (!filed) {
    ++figures_.refusals;
    return;
  }
  state_ = {};
  state_.id = CaseId("case-" + std::to_string(++ids_));
  acted_.clear();
  invariants_ = {};
  trace_ = {person.id.value() + " files"};
  ++figures_.filed;
  take(*filed);
}

void Walk::attempt() {
  now_.microseconds += kHour;
  if (const auto due_at = next_due(state_); due_at && *due_at <= now_) return fall_due();
  const Person& person = anybody();
  const auto seen = situation(person);
  if (!seen) return;
  if (!state_.requests.empty() && pick(3) != 0)
    return once_in(6) ? steer(person, *seen) : sign(person, *seen);
  switch (pick(12)) {
    case 0:
      return assign(person, *seen);
    case 1:
    case 2:
      return attach(person, *seen);
    case 3:
      if (once_in(10)) return amend(person, *seen);
      [[fallthrough]];
    default:
      return take_a_step(person, *seen);
  }
}

void Walk::fall_due() {
  const auto now = situation_of(definition_, state_, kSystem, {});
  ASSERT_TRUE(now) << now.error().message.en;
  const auto events = decide_due(*now, now_);
  ASSERT_TRUE(events) << told(events.error());
  trace_.emplace_back("something falls due");
  take(*events);
  ASSERT_TRUE(!next_due(state_) || *next_due(state_) > now_) << "something due was left";
}

void Walk::take_a_step(const Person& person, const Situation& situation) {
  const auto all = options(situation, now_);
  if (all.empty()) return;
  const Option& option = all[pick(all.size())];
  const auto& form = definition_.transition_notes(option.transition).form;
  const Json data = form ? filling(*form) : Json();
  trace_.push_back(person.id.value() + " tries " + option.event + " " + data.dump());
  check_predicted(option, carry_out(situation, FireTransition{option.event, data}));
}

// What was foreseen without the form's data is what happens with them, but for what only the data
// can settle.
void Walk::check_predicted(const Option& option, const Decided& met) const {
  if (!option.obstacles.empty()) {
    const auto& guard = definition_.chart().transition(option.transition).guard;
    const bool open = guard && guard->reads("event");  // the data may lead to another transition
    ASSERT_FALSE(met && !open) << option.event << " was allowed against\n"
                               << told(option.obstacles);
    if (open) return;
    for (const Obstacle& obstacle : option.obstacles) {
      const auto& found = met.error();
      ASSERT_NE(std::find(found.begin(), found.end(), obstacle), found.end())
          << "foreseen:\n"
          << told(option.obstacles) << "met:\n"
          << told(found);
    }
    return;
  }
  if (met) return;
  for (const Obstacle& obstacle : met.error()) {
    ASSERT_TRUE(obstacle.kind == ObstacleKind::kGuard || is_about_data(obstacle))
        << option.event << " was foreseen as possible, but\n"
        << told(met.error());
  }
}

void Walk::sign(const Person& person, const Situation& situation) {
  const Request& request = state_.requests[pick(state_.requests.size())];
  const auto tasks = tasks_of(request);
  const Decision decision = once_in(6)    ? Decision::kReturn
                            : once_in(12) ? Decision::kRefuse
                                          : Decision::kApprove;
  trace_.push_back(person.id.value() + " decides on " + request.event + ": " + name_of(decision));
  const PersonId requester = request.requested_by;
  DecideRequest command{tasks[pick(tasks.size())], decision, "意见"};
  if (decision == Decision::kReturn && once_in(2)) command.return_to = request.step - 1;
  const auto decided = carry_out(situation, command);
  ASSERT_TRUE(!decided || person.id != requester) << "somebody decided on what he asked for";
}

void Walk::steer(const Person& person, const Situation& situation) {
  const Request& request = state_.requests[pick(state_.requests.size())];
  const auto tasks = tasks_of(request);
  const Person& other = anybody();
  const Actor assignee(other, tree_, now_);
  const std::vector<Command> ways = {
      WithdrawRequest{request.id, "情况有变"}, TakeBackSignature{request.id, "看错了"},
      HandOverTask{tasks[pick(tasks.size())], other.id, "出差"}, UrgeRequest{request.id, "请尽快"}};
  const Command& command = ways[pick(ways.size())];
  trace_.push_back(person.id.value() + " steers " + request.event + ", way " +
                   std::to_string(command.index()));
  const bool to_requester = other.id == request.requested_by || other.id == state_.filed_by;
  const auto steered = carry_out(situation, command, &assignee);
  ASSERT_FALSE(steered && to_requester && std::holds_alternative<HandOverTask>(command))
      << "a task was handed over to who may not decide on it";
}

void Walk::assign(const Person& person, const Situation& situation) {
  const Person& member = anybody();
  const Actor assignee(member, tree_, now_);
  const Role duty = once_in(2) ? role::kInspector : role::kTrialOfficer;
  trace_.push_back(person.id.value() + " assigns " + member.id.value() + " as " + duty.value());
  (void)carry_out(situation, AssignMember{member.id, duty}, &assignee);
}

void Walk::attach(const Person& person, const Situation& situation) {
  const auto& kinds = definition_.materials();
  if (kinds.empty()) return;
  const std::string& kind =
      std::next(kinds.begin(), static_cast<std::ptrdiff_t>(pick(kinds.size())))->first;
  if (situation.case_facts["materials"].contains(kind)) return;
  trace_.push_back(person.id.value() + " attaches " + kind);
  (void)carry_out(situation, AttachMaterial{kind, "材料", std::string(64, 'a'), 1, "text/plain"});
}

void Walk::amend(const Person& person, const Situation& situation) {
  trace_.push_back(person.id.value() + " amends");
  (void)carry_out(situation, AmendData{filling(definition_.filing().form), "更正"});
}

Decided Walk::carry_out(const Situation& situation, const Command& command, const Actor* assignee) {
  const DecisionInput input{.now = now_,
                            .fresh_id = [this] { return "id-" + std::to_string(++ids_); },
                            .assignee = assignee};
  auto decided = decide(situation, command, input);
  if (decided) {
    take(*decided);
  } else {
    EXPECT_FALSE(decided.error().empty()) << "a refusal without a reason";
    trace_.pop_back();
    ++figures_.refusals;
  }
  return decided;
}

void Walk::take(const std::vector<Event>& events) {
  ASSERT_FALSE(events.empty());
  check_separation(events);
  const CaseState before = state_;
  for (const Event& event : events) {
    ASSERT_EQ(event.version, state_.version + 1);
    evolve(state_, event);
    if (const auto* fired = std::get_if<TransitionFired>(&event.body)) {
      for (const std::string& source : fired->step.sources)
        acted_[source].push_back(fired->requested_by);
    }
  }
  invariants_.follow(before, state_, events);
  check_configuration();
  ++figures_.steps;
  if (state_.closed) ++figures_.closed;
}

// Whoever takes a step has not acted where the definition bars him.
void Walk::check_separation(const std::vector<Event>& events) const {
  const chart::Chart& chart = definition_.chart();
  for (const Event& event : events) {
    const auto* fired = std::get_if<TransitionFired>(&event.body);
    if (fired == nullptr) continue;
    for (chart::TransitionIndex index = 0; index < chart.transitions().size(); ++index) {
      const auto& taken = fired->step.taken;
      if (std::find(taken.begin(), taken.end(), chart.transition(index).pointer) == taken.end())
        continue;
      for (const chart::StateIndex barred : definition_.transition_notes(index).not_same_as) {
        for (const auto& [id, people] : acted_) {
          const auto source = chart.find(id).value();
          if (source != barred && !chart.is_inside(source, barred)) continue;
          ASSERT_EQ(std::find(people.begin(), people.end(), fired->requested_by), people.end())
              << fired->requested_by.value() << " acted in " << id << " and took " << fired->event;
        }
      }
    }
  }
}

// W3C SCXML 3.11, and what the case says of its end.
void Walk::check_configuration() const {
  const auto now = situation(people_.front());
  ASSERT_TRUE(now);
  if (state_.closed) {
    ASSERT_TRUE(now->snapshot.done);
    return;
  }
  ASSERT_TRUE(chart::is_legal(definition_.chart(), now->snapshot.configuration))
      << state_.chart["configuration"];
  ASSERT_FALSE(state_.stages.empty()) << "an open case stands in no stage";
}

}  // namespace mingjian::testing
