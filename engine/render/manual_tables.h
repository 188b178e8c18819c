#pragma once

#include <string>

#include "engine/render/subject.h"

// The chapters at the end of a manual, each with its heading; empty where there is nothing to tell.
namespace mingjian::render {

// Who may take and sign each step. Requires a subject with a definition, as below.
[[nodiscard]] std::string permission_table(const Subject& subject, Language language);

// The rules, and where they count.
[[nodiscard]] std::string rule_table(const Subject& subject, const Register& known,
                                     Language language);

// The codes that the forms ask for.
[[nodiscard]] std::string code_lists(const Subject& subject, const Register& known,
                                     Language language);

}  // namespace mingjian::render
