#pragma once

#include <string>

#include "engine/base/language.h"
#include "engine/definition/definition.h"

namespace mingjian::render {

// 程序手册: what the definition says, in words for those who handle cases, as Markdown: how a case
// begins; each state with its rules, time limit and steps; the materials; who may do and sign what;
// the rules with the places where they count; the codes. Everything is taken from the definition
// and the register, so that the manual cannot differ from what the engine does.
[[nodiscard]] std::string manual(const Definition& definition, const Register& known,
                                 Language language);

}  // namespace mingjian::render
