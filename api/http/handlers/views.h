#pragma once

#include <map>
#include <vector>

#include "engine/case/obstacle.h"
#include "engine/case/options.h"
#include "engine/service/case_service.h"

// What the API shows of cases, tasks and definitions.
namespace mingjian::http {

[[nodiscard]] Json text_json(const Text& text);
// [{"id", "instrument", "article", "term"}]
[[nodiscard]] Json rules_json(const std::vector<RuleId>& ids, const Rules& rules);
[[nodiscard]] Json obstacles_json(const std::vector<Obstacle>& obstacles, const Rules& rules);
[[nodiscard]] Json head_json(const CaseHead& head, const Definition* definition);
[[nodiscard]] Json case_json(const CaseView& view, const Rules& rules);
[[nodiscard]] Json option_json(const Option& option, const Definition& definition,
                               const Rules& rules);
[[nodiscard]] Json task_json(const TaskListing& listing);
[[nodiscard]] Json definition_json(const Definition& definition);

using Names = std::map<PersonId, Text>;
// One act of a history: who, in which role, when, what, why, under which rule. `definition`: the
// one that the case ran on then; nullptr where it is not there any more.
[[nodiscard]] Json act_json(const EventRecord& record, const Definition* definition,
                            const Rules& rules, const Names& names);

}  // namespace mingjian::http
