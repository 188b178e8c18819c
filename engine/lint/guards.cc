#include "engine/lint/guards.h"

#include <utility>
#include <variant>

#include "engine/definition/guard_environment.h"
#include "engine/guard/typecheck.h"

namespace mingjian::lint {
namespace {

using guard::Expression;
using guard::TypeEnvironment;
using guard::TypeFinding;

// Walks the expressions of actions that share an environment.
class ActionChecker {
 public:
  ActionChecker(const TypeEnvironment& environment, std::vector<Finding>& findings)
      : environment_(environment), findings_(findings) {}

  void check(const chart::Block& block) {
    for (const chart::Action& action : block) std::visit(*this, action.what);
  }
  void check(const Expression& expression) { add(guard::typecheck(expression, environment_)); }
  void check(const std::vector<chart::NamedExpression>& members) {
    for (const auto& member : members) check(member.value);
  }

  void operator()(const chart::Assign& assign) {
    for (const auto& item : assign.items)
      add(guard::typecheck_assignment(item.path, item.value, environment_));
  }
  void operator()(const chart::Raise& raise) {
    if (raise.data) check(*raise.data);
    if (!raise.delay) return;
    if (const auto* computed = std::get_if<Expression>(&*raise.delay)) check(*computed);
  }
  void operator()(const chart::Choose& choose) {
    for (const auto& branch : choose.branches) {
      if (branch.guard) check(*branch.guard);
      check(branch.actions);
    }
  }
  void operator()(const chart::Log& log) { check(log.value); }
  void operator()(const chart::Effect& effect) { check(effect.params); }
  void operator()(const chart::Cancel&) {}

 private:
  void add(std::vector<TypeFinding> more) {
    for (TypeFinding& each : more) {
      findings_.push_back({"mistyped_expression", Severity::kError, std::move(each.message),
                           std::move(each.pointer)});
    }
  }

  const TypeEnvironment& environment_;
  std::vector<Finding>& findings_;
};

}  // namespace

std::vector<Finding> check_guards(const Definition& definition) {
  std::vector<Finding> findings;
  const GuardEnvironments environments(definition);
  if (definition.case_title_rule()) {
    const auto environment = environments.of_title();
    ActionChecker(environment, findings).check(*definition.case_title_rule());
  }
  const auto any_event = environments.of_any_event();
  ActionChecker anywhere(any_event, findings);
  for (const chart::State& state : definition.chart().states()) {
    anywhere.check(state.entry);
    anywhere.check(state.exit);
    anywhere.check(state.initial_actions);
    if (state.output) anywhere.check(state.output->members);
  }
  const auto& transitions = definition.chart().transitions();
  for (chart::TransitionIndex index = 0; index < transitions.size(); ++index) {
    const auto environment = environments.of(index);
    ActionChecker here(environment, findings);
    if (transitions[index].guard) here.check(*transitions[index].guard);
    here.check(transitions[index].actions);
  }
  return findings;
}

}  // namespace mingjian::lint
