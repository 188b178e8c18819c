#pragma once

#include <vector>

#include "api/http/handlers/names.h"
#include "engine/case/obstacle.h"
#include "engine/case/options.h"
#include "engine/service/case_service.h"

// What the API shows of cases and tasks.
namespace mingjian::http {

// {"id", "name"}; without the name where the directory does not have it.
[[nodiscard]] Json person_json(const PersonId& id, Names& names);
// [{"role", "title"}]
[[nodiscard]] Json roles_json(const std::vector<Role>& roles);
// [{"id", "stage", "title"}]
[[nodiscard]] Json stages_json(const std::vector<std::string>& ids, const Definition* definition);
// [{"id", "instrument", "article", "term", "requirement"}]
[[nodiscard]] Json rules_json(const std::vector<RuleId>& ids, const Rules& rules);
[[nodiscard]] Json obstacles_json(const std::vector<Obstacle>& obstacles, const Rules& rules);
[[nodiscard]] Json head_json(const CaseHead& head, const Definition* definition, Names& names);
[[nodiscard]] Json case_json(const CaseView& view, const Rules& rules, Names& names);
[[nodiscard]] Json option_json(const Option& option, const Definition& definition,
                               const Rules& rules);
// What people call a timer (case/due.h): the title of what it would take, else how long it runs.
[[nodiscard]] Text timer_title(const std::string& state, const std::string& delay,
                               const std::string& event, const Definition* definition);
[[nodiscard]] Json task_json(const TaskListing& listing, Names& names);

}  // namespace mingjian::http
