#include "engine/lint/data_in_use.h"

#include <utility>

namespace mingjian::lint {
namespace {

using guard::Expression;

// Collects the guards and assignments of a chart.
class Reader {
 public:
  explicit Reader(const chart::Chart& chart) {
    for (const chart::State& state : chart.states()) {
      read(state.entry);
      read(state.exit);
      read(state.initial_actions);
    }
    for (const chart::Transition& transition : chart.transitions()) {
      if (transition.guard) guards_.push_back(&*transition.guard);
      read(transition.actions);
    }
  }

  [[nodiscard]] DataInUse in_use(const std::vector<Expression>& conditions) const {
    DataInUse use;
    for (const Expression& condition : conditions) add(condition, use);
    for (const Expression* guard : guards_) add(*guard, use);
    for (std::size_t before = SIZE_MAX; before != use.fields.size() && !use.all;) {
      before = use.fields.size();
      for (const chart::Assign::Item* item : assignments_) {
        if (use.contains(item->path.front())) add(item->value, use);
      }
    }
    return use;
  }

 private:
  void read(const chart::Block& block) {
    for (const chart::Action& action : block) {
      if (const auto* assign = std::get_if<chart::Assign>(&action.what)) {
        for (const auto& item : assign->items) assignments_.push_back(&item);
      } else if (const auto* choose = std::get_if<chart::Choose>(&action.what)) {
        for (const auto& branch : choose->branches) {
          if (branch.guard) guards_.push_back(&*branch.guard);
          read(branch.actions);
        }
      }
    }
  }

  static void add(const Expression& expression, DataInUse& use) {
    const auto fields = expression.fields("context");
    if (fields) {
      use.fields.insert(fields->begin(), fields->end());
    } else {
      use.all = true;
    }
  }

  std::vector<const Expression*> guards_;
  std::vector<const chart::Assign::Item*> assignments_;
};

}  // namespace

DataInUse data_in_use(const chart::Chart& chart, const std::vector<Expression>& conditions) {
  return Reader(chart).in_use(conditions);
}

}  // namespace mingjian::lint
