#include "engine/case/signing.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/case/separation.h"

namespace mingjian {
namespace {

bool has_signed(const Request& request, const PersonId& person) {
  return std::any_of(request.steps.begin(), request.steps.end(),
                     [&](const RequestStep& step) { return step.is_signed_by(person); });
}

// Collects what stands between one person and one signature.
class SigningJudge {
 public:
  SigningJudge(const Situation& situation, const Request& request, const PersonId& person)
      : situation_(situation), request_(request), person_(person) {}

  std::vector<Obstacle> take() { return std::move(obstacles_); }

  void check_role(const Signer& signer, const std::vector<Role>& roles) {
    if (std::find(roles.begin(), roles.end(), signer.role) == roles.end()) {
      const Text title = role::title(signer.role);
      add(ObstacleKind::kRole,
          {"此步骤由" + title.zh + "签批", "this step is signed by: " + title.en});
    } else if (!signer.person.empty() && signer.person != person_) {
      add(ObstacleKind::kRole, {"此件已转由他人签批", "this was handed over to somebody else"});
    }
  }

  void check_own_request() {
    if (request_.requested_by == person_) {
      add(ObstacleKind::kSeparation, {"不得审批自己提出的请示", "nobody approves his own request"});
    } else if (situation_.state.filed_by == person_) {
      add(ObstacleKind::kSeparation,
          {"受理登记人不得审批本案的请示", "who filed the case does not approve in it"});
    }
  }

  void check_signed_before() {
    if (!has_signed(request_, person_)) return;
    add(ObstacleKind::kSeparation,
        {"同一人不得在同一请示中签批两次", "nobody signs twice in one request"});
  }

  // He will sign once, so what is his alone would be nobody's.
  void check_handed_over_to_him(const Signer& signer) {
    const auto& signers = request_.present().signers;
    const bool other = std::any_of(signers.begin(), signers.end(), [&](const Signer& each) {
      return each.task != signer.task && !each.task.empty() && each.person == person_;
    });
    if (!other) return;
    add(ObstacleKind::kSeparation, {"本请示另有一件已转由此人签批，一人只签批一件",
                                    "another task of this request was handed over to this person, "
                                    "and nobody signs twice"});
  }

  // Who may not take the step may not approve it either.
  void check_acts_kept_apart() {
    const auto& transitions = situation_.definition.chart().transitions();
    for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
      const auto& asked = request_.transitions;
      if (std::find(asked.begin(), asked.end(), transitions[index].pointer) == asked.end())
        continue;
      for (const auto state : states_barring(situation_, index, person_)) {
        const Text& stage = situation_.definition.notes(state).title;
        obstacles_.push_back({ObstacleKind::kSeparation,
                              {"办理过“" + stage.zh + "”的人不得签批此步骤",
                               "who acted in \"" + stage.en + "\" may not sign this step"},
                              situation_.definition.transition_notes(index).rules});
      }
    }
  }

 private:
  void add(ObstacleKind kind, Text message) {
    obstacles_.push_back({kind, std::move(message), request_.present().rules});
  }

  const Situation& situation_;
  const Request& request_;
  const PersonId& person_;
  std::vector<Obstacle> obstacles_;
};

}  // namespace

const Request* request_of(const CaseState& state, const TaskId& task) {
  for (const Request& request : state.requests) {
    if (request.signer_of(task) != nullptr) return &request;
  }
  return nullptr;
}

const Request* find_request(const CaseState& state, const RequestId& id) {
  for (const Request& request : state.requests) {
    if (request.id == id) return &request;
  }
  return nullptr;
}

std::vector<Obstacle> obstacles_to_signing(const Situation& situation, const Request& request,
                                           const Signer& signer, const PersonId& person,
                                           const std::vector<Role>& roles) {
  SigningJudge judge(situation, request, person);
  judge.check_role(signer, roles);
  judge.check_own_request();
  judge.check_signed_before();
  judge.check_handed_over_to_him(signer);
  judge.check_acts_kept_apart();
  return judge.take();
}

}  // namespace mingjian
