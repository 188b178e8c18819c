#include "engine/guard/typecheck.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "engine/guard/inference.h"
#include "engine/guard/wording.h"

namespace mingjian::guard {
namespace {

TypeFrame outermost(const TypeEnvironment& environment) {
  return {Frame::Kind::kData, nullptr, &environment, {}, {}};
}

Path below_context(const std::vector<std::string>& keys) {
  Path path{0, {path_step("context")}};
  for (const std::string& key : keys) path.steps.push_back(path_step(key));
  return path;
}

}  // namespace

std::vector<TypeFinding> typecheck(const Expression& expression,
                                   const TypeEnvironment& environment) {
  std::vector<TypeFinding> findings;
  Inference(&findings).infer(expression.rule(), outermost(environment), expression.pointer());
  return findings;
}

std::vector<TypeFinding> typecheck_assignment(const std::vector<std::string>& path,
                                              const Expression& expression,
                                              const TypeEnvironment& environment) {
  std::vector<TypeFinding> findings;
  Inference inference(&findings);
  const TypeFrame frame = outermost(environment);
  const Type result = inference.infer(expression.rule(), frame, expression.pointer());
  const Path place = below_context(path);
  const auto field = locate(place, frame);
  if (!field) {
    inference.add(expression.pointer(), no_such_field(place, frame));
    return findings;
  }
  const Text name = field_in_words(dotted(place), *field);
  if (expression.rule().operation == Operator::kLiteral) {
    if (!expression.rule().literal.is_null()) {
      inference.check_value(expression.rule().literal, expression.pointer(), *field, name);
    }
  } else if ((result.kinds & ~kNulls) != 0 && (result.kinds & field->kinds & ~kNulls) == 0) {
    const Text value = operand_in_words(expression.rule(), result);
    inference.add(expression.pointer(),
                  {name.zh + " 不能存放 " + value.zh, name.en + " cannot hold " + value.en});
  }
  return findings;
}

Type infer(const Expression& expression, const TypeEnvironment& environment) {
  return Inference(nullptr).infer(expression.rule(), outermost(environment), expression.pointer());
}

}  // namespace mingjian::guard
