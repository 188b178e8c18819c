#pragma once

#include <string>

#include "engine/render/subject.h"

namespace mingjian::render {

// One step in words: who takes it, when, what it asks, who signs, where it leads. Several
// transitions of one state that share a title are numbered by `alternative` (from 1; 0: it is the
// only one).
[[nodiscard]] std::string manual_step(const Subject& subject, const Register& known,
                                      chart::TransitionIndex transition, std::size_t alternative,
                                      Language language);

// The rules with instrument and article: "《…》第 5 条（R-1）；…". Empty for none.
[[nodiscard]] std::string cited(const std::vector<RuleId>& rules, const Register& known,
                                Language language);

// "- **label**：value" and a line break; empty where the value is.
[[nodiscard]] std::string manual_item(const Text& label, const std::string& value,
                                      Language language);

// The titles of the documents.
[[nodiscard]] std::string document_titles(const std::vector<Text>& documents, Language language);

}  // namespace mingjian::render
