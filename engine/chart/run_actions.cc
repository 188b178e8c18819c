#include <algorithm>

#include "engine/chart/duration.h"
#include "engine/chart/interpreter.h"

namespace mingjian::chart {
namespace {

// A delay that an expression gave: a whole number of milliseconds, or a duration.
std::optional<std::int64_t> delay_of(const Json& value) {
  if (value.is_string()) return parse_delay(value.get<std::string>());
  if (!value.is_number()) return std::nullopt;
  const auto number = value.get<double>();
  if (!(number >= 0) || number > static_cast<double>(kLongestDelay) ||
      number != static_cast<double>(static_cast<std::int64_t>(number))) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(number);
}

}  // namespace

void Interpreter::raise_error() { internal_.push_back({"error.execution", nullptr}); }

tl::expected<bool, Json> Interpreter::holds(const Expression& guard) {
  return valuation_.holds(guard, StepScope(snapshot_, event_, facts_, now_ms_));
}

tl::expected<Json, Json> Interpreter::value(const Expression& expression) {
  return valuation_.value(expression, StepScope(snapshot_, event_, facts_, now_ms_));
}

void Interpreter::run(const Block& block) {
  for (const Action& action : block) {
    if (perform(action)) continue;
    raise_error();
    return;
  }
}

bool Interpreter::perform(const Action& action) {
  return std::visit([this](const auto& what) { return perform(what); }, action.what);
}

bool Interpreter::evaluate(const std::vector<NamedExpression>& members, Json& object) {
  object = Json::object();
  for (const NamedExpression& member : members) {
    auto result = value(member.value);
    if (!result) return false;
    object[member.name] = std::move(*result);
  }
  return true;
}

bool Interpreter::perform(const Assign& assign) {
  std::vector<Json> values;
  values.reserve(assign.items.size());
  for (const Assign::Item& item : assign.items) {
    auto result = value(item.value);
    if (!result) return false;
    values.push_back(std::move(*result));
  }
  const bool simple = std::all_of(assign.items.begin(), assign.items.end(),
                                  [](const auto& item) { return item.path.size() == 1; });
  if (simple) {  // cannot fail, so it needs no copy to go back to
    for (std::size_t i = 0; i < values.size(); ++i)
      snapshot_.context[assign.items[i].path.front()] = std::move(values[i]);
    return true;
  }
  Json changed = snapshot_.context;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!valuation_.assign(changed, assign.items[i].path, std::move(values[i]))) return false;
  }
  snapshot_.context = std::move(changed);
  return true;
}

bool Interpreter::perform(const Raise& raise) {
  Json data;
  if (raise.data && !evaluate(*raise.data, data)) return false;
  if (!raise.delay) {
    internal_.push_back({raise.event, std::move(data)});
    return true;
  }
  std::optional<std::int64_t> delay;
  if (const auto* fixed = std::get_if<std::int64_t>(&*raise.delay)) {
    delay = *fixed;
  } else {
    const auto given = value(std::get<Expression>(*raise.delay));
    if (given) delay = delay_of(*given);
  }
  if (!delay) return false;
  snapshot_.timers.push_back(
      {now_ms_ + *delay, DelayedEvent{{raise.event, std::move(data)}, raise.id}});
  return true;
}

bool Interpreter::perform(const Cancel& cancel) {
  std::erase_if(snapshot_.timers, [&](const Timer& timer) {
    const auto* delayed = std::get_if<DelayedEvent>(&timer.what);
    return delayed != nullptr && delayed->id == cancel.id;
  });
  return true;
}

bool Interpreter::perform(const Choose& choose) {
  for (const Choose::Branch& branch : choose.branches) {
    if (branch.guard) {
      const auto result = holds(*branch.guard);
      if (!result) raise_error();
      if (!result || !*result) continue;
    }
    run(branch.actions);
    return true;
  }
  return true;
}

bool Interpreter::perform(const Log& log) { return value(log.value).has_value(); }

bool Interpreter::perform(const Effect& effect) {
  Json params;
  if (!evaluate(effect.params, params)) return false;
  effects_.push_back({{"type", effect.type}, {"params", std::move(params)}});
  return true;
}

}  // namespace mingjian::chart
