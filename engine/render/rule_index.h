#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/render/subject.h"

namespace mingjian::render {

// 规则索引: each rule that a definition rests on, with the places where it does: titles of states,
// or of a state and a step ("接收登记 / 受理"), in document order, each once.
[[nodiscard]] std::map<RuleId, std::vector<std::string>> rule_index(const Subject& subject,
                                                                    Language language);

}  // namespace mingjian::render
