#include <nlohmann/json.hpp>

#include "engine/guard/inference.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {

Type Inference::iterate(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const bool quantifies = rule.operation != Operator::kMap && rule.operation != Operator::kFilter;
  if (!rule.listed || rule.arguments.size() < 2) {
    operands(rule, frame, pointer);
    return quantifies ? truth() : list_of({});
  }
  const Type list = selection(rule, frame, pointer);
  const TypeBody body(frame, list);
  const Type result = infer(rule.arguments[1], body.member, pointer_of(rule, pointer, 1));
  if (quantifies) return truth();
  return list_of(rule.operation == Operator::kMap ? result : item_of(list));
}

Type Inference::reduce(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  if (!rule.listed || rule.arguments.size() < 2) {
    operands(rule, frame, pointer);
    return {};
  }
  const Type list = selection(rule, frame, pointer);
  const TypeFrame iteration{Frame::Kind::kIteration, &frame, nullptr, list, {}};
  const TypeFrame pair{Frame::Kind::kReduction, &iteration, nullptr, item_of(list), {}};
  const Type step = infer(rule.arguments[1], pair, pointer_of(rule, pointer, 1));
  const Type start = rule.arguments.size() > 2
                         ? infer(rule.arguments[2], frame, pointer_of(rule, pointer, 2))
                         : unite(item_of(list), {kNulls, nullptr, {}});
  return unite(step, start);
}

Type Inference::selection(const Rule& rule, const TypeFrame& frame, const std::string& pointer) {
  const std::string place = pointer_of(rule, pointer, 0);
  const Type list = infer(rule.arguments[0], frame, place);
  const Kinds kinds = list.kinds & ~kNulls;
  if (finds() && kinds != 0 && (kinds & kLists) == 0) {
    const Text name = operand_in_words(rule.arguments[0], list);
    add(place, {name.zh + " 不是列表，不能用 " + std::string(rule.name),
                name.en + " is not a list and cannot be used with " + std::string(rule.name)});
  }
  return list;
}

}  // namespace mingjian::guard
