#pragma once

#include <cstddef>
#include <vector>

#include "engine/guard/evaluator.h"
#include "engine/guard/explain.h"

namespace mingjian::guard {

using Reasons = std::vector<Text>;

// Where a rule is looked at: the values and the types around it.
struct Place {
  const Frame& values;
  const TypeFrame& types;
};

// Walks a rule together with its data. One use.
class Explainer {
 public:
  Explainer(const Scope& scope, const Wording& wording) : wording_(wording), evaluator_(scope) {}

  // Why the truth of `rule` is not `wanted`; empty where it is, or where nothing can be said.
  Reasons why(const Rule& rule, const Place& place, bool wanted);

 private:
  // explain.cc
  Reasons connected(const Rule& rule, const Place& place, bool wanted);
  Reasons branch(const Rule& rule, const Place& place, bool wanted);
  Reasons failed(const Rule& rule, const Place& place, const Json& error);
  Reasons other(const Rule& rule, const Place& place) const;

  // explain_leaf.cc
  Reasons variable(const Rule& rule, const Place& place, bool wanted);
  Reasons compared(const Rule& rule, const Place& place, bool wanted);
  Reasons related(const Rule& rule, std::size_t index, const Place& place, bool wanted);
  Reasons counted(const Rule& rule, const Place& place);
  Reasons contained(const Rule& rule, const Place& place, bool wanted);
  Reasons missing(const Rule& rule, const Place& place, bool wanted);
  Reasons missing_some(const Rule& rule, const Place& place, std::size_t absent);
  Reasons in_state(const Rule& rule, bool wanted) const;

  // explain_list.cc
  Reasons quantified(const Rule& rule, const Place& place, bool wanted);
  Reasons of_member(const Rule& rule, const Place& member, std::size_t index, bool wanted);

  // explain_words.cc: an operand, a value of a type, and the value that an operand has now.
  Text name(const Rule& rule, const Place& place) const;
  Text value(const Json& value, const Type& type) const;
  Text code_title(const Json& value, const Type& type) const;
  // What is known of what a rule gives.
  static Type type_of(const Rule& rule, const Place& place);
  static Text key_name(const Json& key, const Place& place);
  Text present(const Rule& rule, const Json& value, const Type& type) const;

  const Wording& wording_;
  Evaluator evaluator_;
};

// The reasons as one text with `separator` between them, cut at kLongestReason.
[[nodiscard]] Text joined(const Reasons& reasons, const Text& separator);

}  // namespace mingjian::guard
