#include <algorithm>
#include <charconv>

#include "engine/chart/duration.h"
#include "engine/chart/interpreter.h"

namespace mingjian::chart {
namespace {

// The place that a key leads to in an array: an index, or the length to append.
Json* array_place(Json& array, const std::string& key) {
  std::size_t index = 0;
  const auto read = std::from_chars(key.data(), key.data() + key.size(), index);
  if (read.ec != std::errc() || read.ptr != key.data() + key.size() || index > array.size())
    return nullptr;
  if (index == array.size()) array.push_back(nullptr);
  return &array[index];
}

// Sets the value at a path below an object. What is missing or null on the way becomes an object;
// false where something else stands there.
bool set_path(Json& root, const std::vector<std::string>& path, Json value) {
  Json* at = &root;
  for (const std::string& key : path) {
    if (at->is_null()) *at = Json::object();
    if (at->is_object()) {
      at = &(*at)[key];
    } else if (at->is_array()) {
      at = array_place(*at, key);
    } else {
      return false;
    }
    if (at == nullptr) return false;
  }
  *at = std::move(value);
  return true;
}

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
  const StepScope scope(snapshot_, event_, facts_, now_ms_);
  for (const NamedExpression& member : members) {
    auto value = member.value.evaluate(scope);
    if (!value) return false;
    object[member.name] = std::move(*value);
  }
  return true;
}

bool Interpreter::perform(const Assign& assign) {
  std::vector<Json> values;
  values.reserve(assign.items.size());
  const StepScope scope(snapshot_, event_, facts_, now_ms_);
  for (const Assign::Item& item : assign.items) {
    auto value = item.value.evaluate(scope);
    if (!value) return false;
    values.push_back(std::move(*value));
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
    if (!set_path(changed, assign.items[i].path, std::move(values[i]))) return false;
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
    const auto value =
        std::get<Expression>(*raise.delay).evaluate(StepScope(snapshot_, event_, facts_, now_ms_));
    if (value) delay = delay_of(*value);
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
    bool holds = true;
    if (branch.guard) {
      const auto result = branch.guard->holds(StepScope(snapshot_, event_, facts_, now_ms_));
      if (!result) raise_error();
      holds = result && *result;
    }
    if (!holds) continue;
    run(branch.actions);
    return true;
  }
  return true;
}

bool Interpreter::perform(const Log& log) {
  return log.value.evaluate(StepScope(snapshot_, event_, facts_, now_ms_)).has_value();
}

bool Interpreter::perform(const Effect& effect) {
  Json params;
  if (!evaluate(effect.params, params)) return false;
  effects_.push_back({{"type", effect.type}, {"params", std::move(params)}});
  return true;
}

}  // namespace mingjian::chart
