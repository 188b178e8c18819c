#include "tests/property/approval_walk.h"

#include <algorithm>

#include "engine/access/role.h"
#include "engine/case/json_fields.h"
#include "engine/case/situation.h"
#include "tests/property/approval_family.h"

namespace mingjian::testing {
namespace {

const OrganisationId kOrgan("organ");
constexpr std::int64_t kHour = 3'600'000'000;
constexpr std::size_t kTeam = 3;  // with the filer

bool holds(const Person& person, const Role& role) {
  return std::any_of(person.posts.begin(), person.posts.end(),
                     [&](const Post& post) { return post.role == role; });
}

bool contains(const std::vector<Role>& roles, const Role& role) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

}  // namespace

ApprovalWalk::ApprovalWalk(const Definition& definition, const std::vector<Person>& people,
                           std::mt19937& random, ApprovalFigures& figures)
    : definition_(definition),
      people_(people),
      random_(random),
      figures_(figures),
      tree_({{kOrgan, {}, {}, {}}}),
      now_{1'800'000'000'000'000} {}

std::size_t ApprovalWalk::pick(std::size_t count) {
  return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
}

const Person& ApprovalWalk::anybody() { return people_[pick(people_.size())]; }

const Person& ApprovalWalk::person(const PersonId& id) const {
  return *std::find_if(people_.begin(), people_.end(),
                       [&](const Person& each) { return each.id == id; });
}

std::vector<Role> ApprovalWalk::roles(const Person& who) const {
  return roles_on(Actor(who, tree_, now_), relation_of(state_));
}

const Request* ApprovalWalk::open() const {
  return state_.requests.empty() ? nullptr : &state_.requests.front();
}

std::string ApprovalWalk::told() const {
  std::string text = definition_.source() + "\n";
  for (const Event& event : trace_) text += to_json(event).dump() + "\n";
  return text;
}

void ApprovalWalk::run(std::size_t attempts) {
  std::vector<const Person*> inspectors;
  std::vector<const Person*> beginners;
  for (const Person& each : people_) {
    if (holds(each, role::kInspector)) inspectors.push_back(&each);
  }
  std::shuffle(inspectors.begin(), inspectors.end(), random_);
  inspectors.resize(kTeam);
  const Actor filer(*inspectors.front(), tree_, now_);
  state_.id = CaseId("case");
  take(decide_filing({definition_, filer, kOrgan, "1"}, FileCase{definition_.id(), Json::object()},
                     now_)
           .value());
  const auto head = std::find_if(people_.begin(), people_.end(), [](const Person& each) {
    return holds(each, role::kDepartmentHead);
  });
  for (std::size_t i = 1; i < kTeam; ++i)
    carry_out(*head, AssignMember{inspectors[i]->id, role::kInspector}, true, inspectors[i]);
  for (const Person& each : people_) {
    if (!roles(each).empty() && !holds(each, role::kAuditor)) beginners.push_back(&each);
  }
  const Person& beginner = *beginners[pick(beginners.size())];
  began_ = beginner.id;
  carry_out(beginner, FireTransition{"begin", nullptr}, true);
  for (std::size_t i = 0; i < attempts && !state_.closed; ++i) {
    now_.microseconds += kHour;
    attempt();
    if (::testing::Test::HasFatalFailure()) return;
  }
  drive_to_the_end();
}

void ApprovalWalk::attempt() {
  const Request* const request = open();
  const Person& who = anybody();
  if (request == nullptr || request->returned || pick(20) == 0) {
    if (request != nullptr && pick(6) == 0) return withdraw(person(request->requested_by));
    const bool waits = request != nullptr && !request->returned;
    const Person& asker =
        pick(4) == 0 ? who : person(state_.members[pick(state_.members.size())].person);
    return carry_out(
        asker, FireTransition{"ask", nullptr},
        !waits && !is_kept_apart(asker.id) && contains(roles(asker), role::kInspector));
  }
  switch (pick(12)) {
    case 0:
      return withdraw(pick(2) == 0 ? who : person(request->requested_by));
    case 1:
    case 2:
      return take_back(who);
    case 3:
    case 4:
      return hand_over(who, anybody());
    case 5:
      return carry_out(who, UrgeRequest{request->id, "请尽快"},
                       !holds(who, role::kAuditor) && !roles(who).empty());
    default:
      return decide_task(who);
  }
}

void ApprovalWalk::decide_task(const Person& who) {
  const Request& request = *open();
  const auto& signers = request.present().signers;
  const Signer& signer = signers[pick(signers.size())];
  // Who was given a task often tries another.
  const Person* const known = pick(3) != 0 ? able(signer) : pick(2) == 0 ? given_a_task() : nullptr;
  const Person& decider = known == nullptr ? who : *known;
  DecideRequest command{pick(20) == 0 ? TaskId("no-task") : signer.task, Decision::kApprove,
                        "意见"};
  const std::size_t way = pick(16);
  if (way == 0) command.decision = Decision::kRefuse;
  if (way == 1 || way == 2) command.decision = Decision::kReturn;
  // Sometimes to a step that is not an earlier one.
  if (way == 2 || way == 3) command.return_to = static_cast<std::int64_t>(pick(4));
  const bool to_earlier = !command.return_to || (command.decision == Decision::kReturn &&
                                                 *command.return_to < request.step);
  const bool is_open = !command.task.empty() && command.task == signer.task;
  carry_out(decider, command, is_open && to_earlier && may_sign(decider, signer));
}

void ApprovalWalk::hand_over(const Person& who, const Person& to) {
  const auto& signers = open()->present().signers;
  const Signer& signer = signers[pick(signers.size())];
  if (signer.task.empty()) return;
  Signer whoever = signer;
  whoever.person = {};
  const Person* const known = pick(3) == 0 ? nullptr : able(whoever);
  const Person& from = known == nullptr ? who : *known;
  const Person* const next = pick(3) == 0 ? nullptr : able(whoever);
  const Person& target = next == nullptr ? to : *next;
  const PersonId& present = signer.person.empty() ? from.id : signer.person;
  const bool expected =
      may_sign(from, whoever) && may_sign(target, whoever) && target.id != present;
  carry_out(from, HandOverTask{signer.task, target.id, "出差"}, expected, &target);
}

void ApprovalWalk::withdraw(const Person& who) {
  carry_out(who, WithdrawRequest{open()->id, "情况有变"}, who.id == open()->requested_by);
}

void ApprovalWalk::take_back(const Person& who) {
  std::vector<PersonId> candidates = {who.id};
  for (const auto& step : signed_) {
    for (const Signature& each : step) candidates.push_back(each.person);
  }
  const PersonId& chosen = candidates[pick(candidates.size())];
  carry_out(person(chosen), TakeBackSignature{open()->id, "看错了"}, may_take_back(chosen));
}

// With what people there are every request can be brought to its end, however it got there.
void ApprovalWalk::drive_to_the_end() {
  constexpr int kMostSignatures = 64;
  for (int i = 0; i < kMostSignatures && !state_.closed; ++i) {
    if (::testing::Test::HasFatalFailure()) return;
    const Request* const request = open();
    if (request == nullptr || request->returned) {
      const auto asker =
          std::find_if(state_.members.begin(), state_.members.end(),
                       [&](const MemberRow& member) { return !is_kept_apart(member.person); });
      ASSERT_NE(asker, state_.members.end());
      carry_out(person(asker->person), FireTransition{"ask", nullptr}, true);
      continue;
    }
    const auto& signers = request->present().signers;
    const auto turn = std::find_if(signers.begin(), signers.end(),
                                   [](const Signer& signer) { return !signer.task.empty(); });
    ASSERT_NE(turn, signers.end());
    const TaskId task = turn->task;
    if (const Person* const signer = able(*turn)) {
      carry_out(*signer, DecideRequest{task, Decision::kApprove, ""}, true);
      continue;
    }
    // It was handed over to somebody who cannot any more: another fetches it.
    Signer whoever = *turn;
    whoever.person = {};
    const Person* const other = able(whoever);
    ASSERT_NE(other, nullptr) << "nobody can sign for " << whoever.role.value();
    carry_out(*other, HandOverTask{task, other->id, "代为办理"}, true, other);
  }
  ASSERT_TRUE(state_.closed) << "a request does not end";
}

const Person* ApprovalWalk::able(const Signer& signer) {
  if (signer.task.empty()) return nullptr;
  const std::size_t first = pick(people_.size());
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const Person& each = people_[(first + i) % people_.size()];
    if (may_sign(each, signer)) return &each;
  }
  return nullptr;
}

const Person* ApprovalWalk::given_a_task() const {
  for (const Signer& signer : open()->present().signers) {
    if (!signer.task.empty() && !signer.person.empty()) return &person(signer.person);
  }
  return nullptr;
}

void ApprovalWalk::carry_out(const Person& who, const Command& command, bool expected,
                             const Person* named) {
  const auto situation = situation_of(definition_, state_, who.id, roles(who));
  ASSERT_TRUE(situation) << situation.error().message.en;
  std::optional<Actor> assignee;
  if (named != nullptr) assignee.emplace(*named, tree_, now_);
  const DecisionInput input{.now = now_,
                            .fresh_id = [this] { return "id-" + std::to_string(++ids_); },
                            .assignee = assignee ? &*assignee : nullptr};
  const auto decided = decide(*situation, command, input);
  if (!decided) {
    ASSERT_FALSE(decided.error().empty()) << "a refusal without a reason";
    ASSERT_FALSE(expected) << "command " << command.index() << " of " << who.id.value()
                           << " was refused: " << decided.error().front().message.en;
    ++figures_.refusals;
    return;
  }
  ASSERT_TRUE(expected) << "command " << command.index() << " of " << who.id.value()
                        << " was accepted, but should not have been";
  take(*decided);
}

void ApprovalWalk::take(const std::vector<Event>& events) {
  const CaseState before = state_;
  for (const Event& event : events) {
    ASSERT_EQ(event.version, state_.version + 1);
    record(event);
    evolve(state_, event);
    trace_.push_back(event);
    ++figures_.carried_out[type_of(event)];
  }
  invariants_.follow(before, state_, events);
  for (std::size_t step = 0; step < signed_.size() && open() != nullptr; ++step) {
    for (const Signature& each : signed_[step])
      ASSERT_TRUE(open()->steps[step].is_signed_by(each.person)) << "a signature was lost";
  }
  if (state_.closed) ++figures_.closed;
}

// Keeps the record, from the event and from the case before it.
void ApprovalWalk::record(const Event& event) {
  if (const auto* asked = std::get_if<ApprovalRequested>(&event.body)) {
    const bool kept = open() != nullptr && asked->resumption == Resumption::kWhereReturned &&
                      open()->requested_by == event.actor;
    if (!kept) signed_.assign(asked->steps.size(), {});
    last_completed_.reset();
    std::size_t first = 0;
    while (is_complete_in(asked->steps, first)) ++first;
    ASSERT_EQ(asked->step, static_cast<std::int64_t>(first));
  } else if (const auto* decided = std::get_if<ApprovalDecided>(&event.body)) {
    const auto step = static_cast<std::size_t>(decided->step);
    last_completed_.reset();
    if (decided->decision == Decision::kApprove) {
      signed_[step].push_back({event.actor, open()->signer_of(decided->task)->role});
      if (is_complete_in(open()->steps, step)) last_completed_ = step;
    } else if (decided->return_to) {
      const auto to = static_cast<std::size_t>(*decided->return_to);
      const bool in_order = open()->resumption == Resumption::kInOrder;
      for (std::size_t anew = to; anew <= (in_order ? step : to); ++anew) signed_[anew].clear();
    }
  } else if (std::holds_alternative<TaskHandedOver>(event.body)) {
    last_completed_.reset();
  } else if (const auto* taken = std::get_if<SignatureTakenBack>(&event.body)) {
    last_completed_.reset();
    std::erase_if(signed_[static_cast<std::size_t>(taken->step)],
                  [&](const Signature& each) { return each.person == event.actor; });
  } else if (const auto* fired = std::get_if<TransitionFired>(&event.body)) {
    if (fired->request.empty()) return;
    for (std::size_t step = 0; step < signed_.size(); ++step)
      ASSERT_TRUE(is_complete_in(open()->steps, step)) << "step " << step << " is not signed";
  }
}

// Whether our own record has the signatures that the step asks for, each by another person.
bool ApprovalWalk::is_complete_in(const std::vector<RequestStep>& steps, std::size_t step) const {
  if (step >= steps.size()) return false;
  const auto has = [&](const Signer& signer) {
    return std::any_of(signed_[step].begin(), signed_[step].end(),
                       [&](const Signature& each) { return each.role == signer.role; });
  };
  const auto& signers = steps[step].signers;
  return steps[step].signing == Signing::kAll ? std::all_of(signers.begin(), signers.end(), has)
                                              : std::any_of(signers.begin(), signers.end(), has);
}

bool ApprovalWalk::may_sign(const Person& who, const Signer& signer) const {
  const Request& request = *open();
  const auto& signers = request.present().signers;
  const bool has_another = std::any_of(signers.begin(), signers.end(), [&](const Signer& each) {
    return each.person == who.id && !each.task.empty() && each.task != signer.task;
  });
  return holds(who, signer.role) && contains(roles(who), signer.role) &&
         (signer.person.empty() || signer.person == who.id) && request.requested_by != who.id &&
         state_.filed_by != who.id && !has_signed(who.id) && !has_another && !is_kept_apart(who.id);
}

bool ApprovalWalk::is_kept_apart(const PersonId& who) const {
  const auto& transitions = definition_.chart().transitions();
  for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
    if (!definition_.transition_notes(index).not_same_as.empty()) return who == began_;
  }
  return false;
}

bool ApprovalWalk::has_signed(const PersonId& who) const {
  return std::any_of(signed_.begin(), signed_.end(), [&](const std::vector<Signature>& step) {
    return std::any_of(step.begin(), step.end(),
                       [&](const Signature& each) { return each.person == who; });
  });
}

bool ApprovalWalk::may_take_back(const PersonId& who) const {
  if (open()->returned) return false;
  const auto signed_in = [&](std::size_t step) {
    return std::any_of(signed_[step].begin(), signed_[step].end(),
                       [&](const Signature& each) { return each.person == who; });
  };
  return signed_in(static_cast<std::size_t>(open()->step)) ||
         (last_completed_ && signed_in(*last_completed_));
}

}  // namespace mingjian::testing
