#pragma once

#include <string>
#include <vector>

#include "engine/guard/environment.h"
#include "engine/guard/rule.h"
#include "engine/guard/typecheck.h"

namespace mingjian::guard {

// Infers the type of a rule from the types of its arguments, and collects what is wrong on the way.
class Inference {
 public:
  // `findings`: where to put what is wrong; nullptr: only the type is asked.
  explicit Inference(std::vector<TypeFinding>* findings) : findings_(findings) {}

  Type infer(const Rule& rule, const TypeFrame& frame, const std::string& pointer);

  // Adds a finding unless a value of this type may be what `allowed` (of the field or operand
  // `name`) says.
  void check_value(const Json& value, const std::string& pointer, const Type& allowed,
                   const Text& name);

  // Whether findings are still wanted.
  [[nodiscard]] bool finds() const {
    return findings_ != nullptr && findings_->size() < kMostFindings;
  }
  void add(std::string pointer, Text message);

 private:
  // An argument with its type.
  struct Operand {
    const Rule* rule;
    std::string pointer;
    Type type;
  };

  std::vector<Operand> operands(const Rule& rule, const TypeFrame& frame,
                                const std::string& pointer);

  // infer_data.cc
  Type variable(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type value(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type missing(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  void check_keys(const Rule& keys, const TypeFrame& frame, const std::string& pointer);
  Type at_path(const Path& path, const TypeFrame& frame, const std::string& pointer);

  // infer.cc
  Type either(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type branches(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type attempt(const Rule& rule, const TypeFrame& frame, const std::string& pointer);

  // infer_comparison.cc
  Type compare(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type calculate(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type contains(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  void check_pair(const Rule& rule, const Operand& left, const Operand& right,
                  const std::string& pointer);
  void check_membership(const Operand& sought, const Operand& place);

  // infer_list.cc
  Type iterate(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type reduce(const Rule& rule, const TypeFrame& frame, const std::string& pointer);
  Type selection(const Rule& rule, const TypeFrame& frame, const std::string& pointer);

  std::vector<TypeFinding>* findings_;
};

}  // namespace mingjian::guard
