#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/guard/frame.h"
#include "engine/guard/rule.h"
#include "engine/guard/value.h"

namespace mingjian::guard {

// {"type": `type`}
[[nodiscard]] Json error_of(std::string_view type);
[[nodiscard]] tl::unexpected<Json> not_a_number();
[[nodiscard]] tl::unexpected<Json> invalid_arguments();

// One evaluation of a rule, within bounds. Its results may view `scope`, the rule and this object.
class Evaluator {
 public:
  explicit Evaluator(const Scope& scope) : scope_(scope) {}

  [[nodiscard]] Outcome run(const Rule& rule) { return run(rule, Frame{}); }
  // As above inside the body of an operator: `frame` and those around it must outlive the result.
  [[nodiscard]] Outcome run(const Rule& rule, const Frame& frame);
  // Whether the bounds were reached; then every result is the error "Too Much".
  [[nodiscard]] bool exhausted() const { return exhausted_; }

 private:
  Outcome dispatch(const Rule& rule, const Frame& frame);

  // evaluate_control.cc
  Outcome list(const Rule& rule, const Frame& frame);
  Outcome choose(const Rule& rule, const Frame& frame);
  Outcome connect(const Rule& rule, const Frame& frame);
  Outcome truth(const Rule& rule, const Frame& frame);
  Outcome coalesce(const Rule& rule, const Frame& frame);
  Outcome raise(const Rule& rule, const Frame& frame);
  Outcome attempt(const Rule& rule, const Frame& frame);

  // evaluate_data.cc
  Outcome variable(const Rule& rule, const Frame& frame);
  Outcome value(const Rule& rule, const Frame& frame);
  Outcome missing(const Rule& rule, const Frame& frame);
  Outcome missing_some(const Rule& rule, const Frame& frame);
  Outcome missing_of(const Json& keys, const Frame& frame);
  std::optional<Value> find(const Path& path, const Frame& frame);
  std::optional<Value> whole(const Frame& frame);
  std::optional<Value> member(const PathStep& step, const Frame& frame) const;

  // evaluate_number.cc
  Outcome compare(const Rule& rule, const Frame& frame);
  Outcome calculate(const Rule& rule, const Frame& frame);
  Outcome extreme(const Rule& rule, const Frame& frame);

  // evaluate_text.cc
  Outcome contains(const Rule& rule, const Frame& frame);
  Outcome concatenate(const Rule& rule, const Frame& frame);
  Outcome substring(const Rule& rule, const Frame& frame);

  // evaluate_list.cc
  Outcome merge(const Rule& rule, const Frame& frame);
  Outcome map(const Rule& rule, const Frame& frame);
  Outcome filter(const Rule& rule, const Frame& frame);
  Outcome reduce(const Rule& rule, const Frame& frame);
  Outcome quantify(const Rule& rule, const Frame& frame);
  Outcome selection(const Rule& rule, const Frame& frame);
  Outcome body(const Rule& rule, const Frame& frame, const Json& members, std::size_t index);

  // Calls `take` with each argument, which ends the row by giving an error.
  template <class Take>
  std::optional<Json> each_argument(const Rule& rule, const Frame& frame, const Take& take);

  // Whether `steps` more steps may be made, or so many bytes more be built. Once no, always no:
  // not even `try` goes on.
  bool afford_steps(std::size_t steps);
  bool afford_bytes(std::size_t bytes);
  bool afford_copy(const Json& value);
  // `value` as one that views nothing, or nothing if that is too much.
  std::optional<Json> own(Value value);
  tl::unexpected<Json> too_much();

  const Scope& scope_;
  std::optional<Json> whole_;  // the Scope as one value, once it was asked for
  std::size_t steps_left_ = 1'000'000;
  std::size_t bytes_left_ = std::size_t{8} << 20;
  bool exhausted_ = false;
};

template <class Take>
std::optional<Json> Evaluator::each_argument(const Rule& rule, const Frame& frame,
                                             const Take& take) {
  for (const Rule& argument : rule.arguments) {
    auto result = run(argument, frame);
    if (!result) return std::move(result.error());
    const Json& given = result->get();
    if (rule.listed || !given.is_array()) {
      if (auto error = take(given)) return error;
      continue;
    }
    if (!afford_steps(given.size())) return std::move(too_much().value());
    for (const Json& member : given) {
      if (auto error = take(member)) return error;
    }
  }
  return std::nullopt;
}

}  // namespace mingjian::guard
