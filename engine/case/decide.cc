#include "engine/case/decide.h"

#include <algorithm>
#include <utility>

#include "engine/access/role.h"
#include "engine/base/blank.h"
#include "engine/case/ask_approval.h"
#include "engine/case/decide_migration.h"
#include "engine/case/decide_request.h"
#include "engine/case/options.h"
#include "engine/case/stage_step.h"
#include "engine/case/steer_request.h"

namespace mingjian {
namespace {

Decided refuse(ObstacleKind kind, Text message, std::vector<RuleId> rules = {},
               std::string pointer = {}) {
  return tl::unexpected(
      std::vector{Obstacle{kind, std::move(message), std::move(rules), std::move(pointer)}});
}

bool is_digest(const std::string& text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

// Decides each kind of command.
class Decider {
 public:
  Decider(const Situation& situation, const DecisionInput& input)
      : situation_(situation), input_(input) {}

  Decided operator()(const FileCase&) {
    return refuse(ObstacleKind::kState, {"案件已经受理", "the case is filed already"});
  }

  Decided operator()(const FireTransition& command) {
    Judgement judgement = judge(situation_, command.event, &command.data, input_.now);
    if (!judgement.obstacles.empty()) return tl::unexpected(std::move(judgement.obstacles));
    for (const chart::TransitionIndex index : judgement.transitions) {
      if (!situation_.definition.transition_notes(index).approval.empty())
        return one(ask_for_approval(situation_, command, judgement, input_));
    }
    auto fired =
        fire(situation_, {command.event, command.data, RequestId(), situation_.actor}, input_.now);
    if (!fired) return tl::unexpected(std::move(fired.error()));
    return one(std::move(*fired));
  }

  Decided operator()(const DecideRequest& command) {
    return decide_request(situation_, command, input_);
  }

  Decided operator()(const WithdrawRequest& command) {
    if (auto no = not_a_handler()) return *no;
    return withdraw(situation_, command, input_);
  }

  Decided operator()(const TakeBackSignature& command) {
    if (auto no = not_a_handler()) return *no;
    return take_back(situation_, command, input_);
  }

  Decided operator()(const HandOverTask& command) { return hand_over(situation_, command, input_); }

  Decided operator()(const UrgeRequest& command) {
    if (auto no = not_a_handler()) return *no;
    return urge(situation_, command, input_);
  }

  Decided operator()(const AssignMember& command) {
    if (auto no = not_for({role::kCaseSupervision, role::kDepartmentHead, role::kDeputyInCharge,
                           role::kMainHead})) {
      return *no;
    }
    if (!role::needs_team(command.duty)) {
      return refuse(ObstacleKind::kForm,
                    {"办案组成员的职责应为 inspector 或 trial_officer",
                     "the duty of a member is inspector or trial_officer"},
                    {}, "/duty");
    }
    if (input_.assignee == nullptr || !input_.assignee->holds(command.duty)) {
      return refuse(ObstacleKind::kRole,
                    {"被指派人没有这一职责的任职", "the person holds no post with this role"}, {},
                    "/person");
    }
    for (const MemberRow& member : situation_.state.members) {
      if (member.person != command.person) continue;
      if (member.duty == command.duty.value()) {
        return refuse(ObstacleKind::kState,
                      {"此人已在办案组中", "the person is on the team already"});
      }
      return apart();
    }
    const bool investigates = situation_.state.filed_by == command.person ||
                              has_acted(command.person) || has_asked(command.person);
    if (command.duty == role::kTrialOfficer && investigates) return apart();
    return one(MemberAssigned{command.person, command.duty});
  }

  Decided operator()(const AttachMaterial& command) {
    if (auto no = not_a_handler()) return *no;
    if (!situation_.definition.materials().contains(command.kind)) {
      return refuse(
          ObstacleKind::kForm,
          {"没有登记这种材料：" + command.kind, "no such kind of material: " + command.kind}, {},
          "/kind");
    }
    if (blank(command.title)) return missing("/title");
    if (!is_digest(command.sha256)) {
      return refuse(ObstacleKind::kForm,
                    {"应为 64 位小写十六进制的 SHA-256",
                     "expected SHA-256 as 64 lower-case hexadecimal digits"},
                    {}, "/sha256");
    }
    if (command.bytes < 0) {
      return refuse(ObstacleKind::kForm,
                    {"字节数不能为负", "the number of bytes cannot be negative"}, {}, "/bytes");
    }
    return one(MaterialAttached{MaterialId(input_.fresh_id()), command});
  }

  Decided operator()(const AmendData& command) {
    if (auto no = not_for({role::kInspector, role::kCaseSupervision, role::kDepartmentHead}))
      return *no;
    if (blank(command.reason)) return missing("/reason");
    const Json fields =
        situation_.definition.filing().form.schema().value("properties", Json::object());
    Json filed = Json::object();
    Json after = situation_.state.data;
    for (const auto& [field, schema] : fields.items()) {
      if (after.contains(field) && !after[field].is_null()) filed[field] = after[field];
    }
    for (const auto& [field, value] : command.changes.items()) {
      if (!fields.contains(field)) {
        return refuse(ObstacleKind::kForm,
                      {"只有受理登记时填写的项目可以更正；其他内容由办理步骤产生",
                       "only what was asked at filing can be amended; the rest comes from the "
                       "steps of the procedure"},
                      {}, "/changes" + pointer_part(field));
      }
      filed[field] = value;
      after[field] = value;
    }
    std::vector<Obstacle> obstacles;
    for (const InputError& error : situation_.definition.filing().form.check(filed)) {
      obstacles.push_back({ObstacleKind::kForm, error.message, {}, "/changes" + error.pointer});
    }
    if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));
    // What the case cannot hold would bar every later step.
    for (const InputError& error : situation_.definition.data().check(after)) {
      obstacles.push_back({ObstacleKind::kForm, error.message, {}, "/changes" + error.pointer});
    }
    if (!obstacles.empty()) return tl::unexpected(std::move(obstacles));
    Change change = difference(situation_.state.data, after);
    if (change.set.empty())
      return refuse(ObstacleKind::kState, {"没有变化", "nothing would change"});
    return one(DataAmended{std::move(change), command.reason});
  }

  Decided operator()(const AddNote& command) {
    if (auto no = not_a_handler()) return *no;
    if (blank(command.text)) return missing("/text");
    return one(NoteAdded{command.text});
  }

  Decided operator()(const MigrateCase& command) {
    return decide_migration(situation_, command, input_);
  }

  Decided operator()(const LinkCase& command) {
    if (auto no = not_a_handler()) return *no;
    if (!input_.other_case_known || command.other == situation_.state.id) {
      return refuse(ObstacleKind::kState,
                    {"没有可以关联的这个案件", "there is no such case to link to"}, {}, "/case");
    }
    if (!known_link(command.link)) {
      return refuse(ObstacleKind::kForm,
                    {"代码表 process_links 中没有这个代码", "no such code in process_links"}, {},
                    "/link");
    }
    for (const Link& link : situation_.state.links) {
      if (link.other == command.other && link.link == command.link) {
        return refuse(ObstacleKind::kState, {"已经关联", "they are linked already"});
      }
    }
    return one(CaseLinked{command.other, command.link});
  }

 private:
  Decided one(EventBody body) const {
    return std::vector{Event{situation_.state.version + 1, input_.now, input_.now, situation_.actor,
                             situation_.roles, std::move(body)}};
  }

  // A refusal unless the actor has one of the roles and the case is open.
  std::optional<Decided> not_for(const std::vector<Role>& roles) const {
    if (situation_.state.closed)
      return refuse(ObstacleKind::kState, {"案件已办结", "the case is closed"});
    for (const Role& role : roles) {
      if (situation_.has_role(role)) return std::nullopt;
    }
    return refuse(ObstacleKind::kRole,
                  {"您在本案中没有办理此事的职责", "you have no role on this case for this"});
  }

  // A refusal for those who only look on: an auditor changes nothing.
  std::optional<Decided> not_a_handler() const {
    return not_for({role::kInspector, role::kCaseSupervision, role::kDepartmentHead,
                    role::kDeputyInCharge, role::kMainHead, role::kTrialOfficer,
                    role::kCommitteeMember, role::kPartyCommittee});
  }

  static Decided missing(std::string pointer) {
    return refuse(ObstacleKind::kForm, {"不能为空", "must not be empty"}, {}, std::move(pointer));
  }

  static Decided apart() {
    return refuse(ObstacleKind::kSeparation,
                  {"审查调查与审理相分离：同一人不得兼任",
                   "investigation and trial are separate: one person cannot do both"},
                  {RuleId("R-TRI-001")}, "/person");
  }

  bool has_acted(const PersonId& person) const {
    return std::any_of(
        situation_.state.acted.begin(), situation_.state.acted.end(), [&](const auto& entry) {
          return std::find(entry.second.begin(), entry.second.end(), person) != entry.second.end();
        });
  }

  // Whether the person waits for the approval of a step, which will be his act.
  bool has_asked(const PersonId& person) const {
    return std::any_of(situation_.state.requests.begin(), situation_.state.requests.end(),
                       [&](const Request& request) { return request.requested_by == person; });
  }

  bool known_link(const std::string& link) const {
    if (input_.codes == nullptr) return false;
    const auto table = input_.codes->find("process_links");
    return table != input_.codes->end() &&
           std::any_of(table->second.begin(), table->second.end(),
                       [&](const Code& code) { return code.code == link; });
  }

  const Situation& situation_;
  const DecisionInput& input_;
};

}  // namespace

tl::expected<TransitionFired, std::vector<Obstacle>> fire(const Situation& situation, Firing firing,
                                                          Instant now) {
  const chart::Macrostep macrostep =
      chart::send(situation.definition.chart(), situation.snapshot, {firing.event, firing.data},
                  situation.facts(), now.microseconds / 1000);
  auto step =
      stage_step(situation.definition, situation.state.data, situation.state.chart, macrostep);
  if (!step) return tl::unexpected(std::move(step.error()));
  return TransitionFired{std::move(firing.event), std::move(firing.data), std::move(firing.request),
                         std::move(firing.requested_by), std::move(*step)};
}

Decided decide(const Situation& situation, const Command& command, const DecisionInput& input) {
  return std::visit(Decider(situation, input), command);
}

}  // namespace mingjian
