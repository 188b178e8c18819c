#pragma once

#include <string>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/text.h"

namespace mingjian {

enum class ObstacleKind {
  kState,       // 环节: not possible where the case stands
  kRole,        // 职权: not for this person
  kGuard,       // 条件: a condition does not hold
  kForm,        // 表单: the data is not as asked; `pointer` says where
  kMaterial,    // 材料: a document is missing
  kApproval,    // 审批: a request stands in the way
  kSeparation,  // 分离: he did something that rules this out
  kTime,
  kRecusal,
  kSecrecy,
};

// Why something is not possible, and on which rule that rests. The same values answer "what can I
// do now?" and a refused attempt.
struct Obstacle {
  ObstacleKind kind;
  Text message;
  std::vector<RuleId> rules = {};
  std::string pointer = {};  // JSON pointer into the command's data, for kForm

  bool operator==(const Obstacle&) const = default;
};

// "role", "guard", ... as the API says it.
[[nodiscard]] std::string name_of(ObstacleKind kind);

}  // namespace mingjian
