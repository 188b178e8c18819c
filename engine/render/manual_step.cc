#include "engine/render/manual_step.h"

#include "engine/render/form_table.h"
#include "engine/render/markdown.h"
#include "engine/render/steps.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

std::string list_mark(Language language) { return in_language({"、", ", "}, language); }

// Whose signature it is, and what for: often the title of the step says both.
std::string signature_words(const ApprovalStep& step, const Register& known, Language language) {
  const std::string role = signers(step, language);
  const std::string& title = in_language(step.title, language);
  const bool says_both = title.find(role) != std::string::npos;
  std::vector<std::string> more;
  if (!says_both) more.push_back(markdown_escaped(title));
  const std::string rules = cited(step.rules, known, language);
  if (!rules.empty()) more.push_back(in_language({"依据 ", "under "}, language) + rules);
  const std::string who = markdown_escaped(says_both ? title : role);
  if (more.empty()) return who;
  return who + in_language({"（", " ("}, language) +
         joined(more, in_language({"，", ", "}, language)) + in_language({"）", ")"}, language);
}

std::string approval_words(const std::vector<ApprovalStep>& steps, const Register& known,
                           Language language) {
  std::vector<std::string> parts;
  for (const ApprovalStep& step : steps) {
    const std::string number = steps.size() > 1 ? std::to_string(parts.size() + 1) + ". " : "";
    parts.push_back(number + signature_words(step, known, language));
  }
  return joined(parts, in_language({"；", "; "}, language));
}

// Where it is not as everybody expects: all sign again.
std::string resumption_words(const TransitionNotes& notes, Language language) {
  if (notes.resumption == Resumption::kInOrder) return {};
  return in_language({"其他人的签批仍然有效，直达退回的步骤",
                      "other signatures stay, and the step that returned it has its turn"},
                     language);
}

std::string separation_words(const Subject& subject, const TransitionNotes& notes,
                             Language language) {
  std::vector<std::string> titles;
  for (const auto state : notes.not_same_as)
    titles.push_back(markdown_escaped(subject.state_title(state, language)));
  if (titles.empty()) return {};
  const std::string states = joined(titles, list_mark(language));
  return language == Language::kChinese ? "曾经办理“" + states + "”的人员不得办理本步骤"
                                        : "nobody who acted in " + states + " may take this step";
}

std::string target_words(const Subject& subject, chart::TransitionIndex transition,
                         Language language) {
  const chart::Transition& entry = subject.chart().transition(transition);
  std::vector<std::string> titles;
  for (const auto target : entry.targets) {
    titles.push_back(markdown_escaped(subject.state_title(target, language)));
  }
  if (titles.empty()) return in_language({"留在本状态", "the state is kept"}, language);
  return joined(titles, list_mark(language));
}

std::string material_words(const Subject& subject, const TransitionNotes& notes,
                           Language language) {
  std::vector<std::string> titles;
  for (const std::string& kind : notes.materials) {
    const Text& title = subject.definition()->materials().at(kind);
    titles.push_back(markdown_escaped(in_language(title, language)));
  }
  return joined(titles, list_mark(language));
}

// The form as the definition writes it, which may be by name.
std::string form_words(const Subject& subject, const Register& known,
                       chart::TransitionIndex transition, Language language) {
  const OrderedJson& source = subject.source(subject.chart().transition(transition).pointer);
  if (!source.is_object() || !source.contains("form")) return {};
  const OrderedJson& form = source["form"];
  return form_table(form.is_string() ? subject.source()["forms"][form.get<std::string>()] : form,
                    known, language);
}

std::string heading(const Subject& subject, chart::TransitionIndex transition,
                    std::size_t alternative, Language language) {
  std::string text = markdown_escaped(subject.transition_title(transition, language));
  if (alternative > 0) {
    text += in_language({"（情形 ", " (alternative "}, language) + std::to_string(alternative) +
            in_language({"）", ")"}, language);
  }
  return "**▸ " + text + "**\n\n";
}

}  // namespace

std::string cited(const std::vector<RuleId>& rules, const Register& known, Language language) {
  std::vector<std::string> parts;
  for (const RuleId& id : rules) {
    const auto found = known.rules.find(id);
    const std::string place =
        found == known.rules.end() ? "" : markdown_escaped(citation(found->second, language));
    parts.push_back(place + in_language({"（", " ("}, language) + id.value() +
                    in_language({"）", ")"}, language));
  }
  return joined(parts, in_language({"；", "; "}, language));
}

std::string manual_item(const Text& label, const std::string& value, Language language) {
  if (value.empty()) return {};
  return "- **" + in_language(label, language) + "**" + in_language({"：", ": "}, language) +
         value + "\n";
}

std::string document_titles(const std::vector<Text>& documents, Language language) {
  std::vector<std::string> titles;
  for (const Text& each : documents)
    titles.push_back(markdown_escaped(in_language(each, language)));
  return joined(titles, list_mark(language));
}

std::string manual_step(const Subject& subject, const Register& known,
                        chart::TransitionIndex transition, std::size_t alternative,
                        Language language) {
  const TransitionNotes& notes = subject.transition_notes(transition);
  std::string text = heading(subject, transition, alternative, language);
  const auto add = [&](const Text& label, const std::string& value) {
    text += manual_item(label, value, language);
  };
  add({"由谁办理", "by"}, role_titles(notes.by, language));
  add({"条件", "condition"}, markdown_escaped(condition(subject, transition, language)));
  add({"须附材料", "materials"}, material_words(subject, notes, language));
  add({"审批", "approval"}, approval_words(notes.approval, known, language));
  add({"退回补正后", "after a return"}, resumption_words(notes, language));
  add({"人员分离", "separation of duties"}, separation_words(subject, notes, language));
  add({"转入", "leads to"}, target_words(subject, transition, language));
  add({"产生文书", "documents"}, document_titles(notes.documents, language));
  if (notes.spawns) {
    add({"另立关联案件", "opens a linked case of"}, "`" + notes.spawns->definition + "`");
  }
  add({"依据", "rules"}, cited(notes.rules, known, language));
  const std::string form = form_words(subject, known, transition, language);
  return text + (form.empty() ? "\n" : "\n" + form);
}

}  // namespace mingjian::render
