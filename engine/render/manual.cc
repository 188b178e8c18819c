#include "engine/render/manual.h"

#include <vector>

#include "engine/render/form_table.h"
#include "engine/render/manual_step.h"
#include "engine/render/manual_tables.h"
#include "engine/render/markdown.h"
#include "engine/render/steps.h"
#include "engine/render/words.h"

namespace mingjian::render {
namespace {

using chart::StateIndex;
using chart::StateKind;

class Writer {
 public:
  Writer(const Definition& definition, const Register& known, Language language)
      : definition_(definition), subject_(definition), known_(known), language_(language) {}

  std::string write() {
    write_title();
    write_filing();
    heading(2, {"环节和步骤", "States and steps"});
    write_initial();
    write_states(0, "", 3);
    write_materials();
    text_ += permission_table(subject_, language_) + rule_table(subject_, known_, language_) +
             code_lists(subject_, known_, language_);
    return std::move(text_);
  }

 private:
  [[nodiscard]] std::string words(const Text& text) const { return in_language(text, language_); }
  [[nodiscard]] std::string title_of(StateIndex state) const {
    return markdown_escaped(subject_.state_title(state, language_));
  }
  void heading(std::size_t level, const Text& text) {
    text_ += markdown_heading(level, words(text));
  }
  void item(const Text& label, const std::string& value) {
    text_ += manual_item(label, value, language_);
  }

  void write_title() {
    const std::string title = markdown_escaped(words(definition_.title()));
    text_ += markdown_heading(1, title + words({" · 程序手册", ": procedure manual"}));
    const std::string purpose = markdown_escaped(words(definition_.purpose()));
    if (!purpose.empty()) text_ += purpose + words({"。", "."}) + "\n\n";
    const std::string version = std::to_string(definition_.version());
    text_ +=
        words({"本手册由流程定义 `" + definition_.id() + "` 第 " + version +
                   " 版自动生成（SHA-256 `" + definition_.digest() + "`），与系统执行的规则一致。",
               "Made from version " + version + " of the definition `" + definition_.id() +
                   "` (SHA-256 `" + definition_.digest() +
                   "`), which is what the system carries out."}) +
        "\n\n";
  }

  void write_filing() {
    const Filing& filing = definition_.filing();
    heading(2, {"案件如何开始：" + markdown_escaped(filing.title.zh),
                "How a case begins: " + markdown_escaped(filing.title.en)});
    item({"由谁办理", "by"}, role_titles(filing.by, language_));
    text_ += "\n" + form_table(subject_.source()["filing"]["form"], known_, language_);
  }

  void write_initial() {
    std::vector<std::string> titles;
    for (const StateIndex state : subject_.chart().state(0).targets)
      titles.push_back(title_of(state));
    if (titles.empty()) return;
    text_ += words({"案件从“", "A case begins in "}) + joined(titles, words({"、", ", "})) +
             words({"”开始。", "."}) + "\n\n";
  }

  // The states inside `holder`, numbered.
  void write_states(StateIndex holder, const std::string& number, std::size_t level) {
    std::size_t count = 0;
    for (const StateIndex state : children(subject_.chart(), holder)) {
      if (subject_.chart().state(state).kind == StateKind::kHistory) continue;
      const std::string own = number + std::to_string(++count) + ".";
      text_ += markdown_heading(level, own + " " + title_of(state));
      write_state(state);
      write_states(state, own, level + 1);
    }
  }

  void write_state(StateIndex state) {
    const StateNotes& notes = subject_.notes(state);
    const std::string before = text_;
    item({"环节", "stage"}, stage_words(notes.stage));
    item({"时限", "time limit"}, limit_words(notes));
    item({"依据", "rules"}, cited(notes.rules, known_, language_));
    item({"产生文书", "documents"}, document_titles(notes.documents, language_));
    item({"组成", "made of"}, parts_words(state));
    const chart::State& entry = subject_.chart().state(state);
    if (entry.kind == StateKind::kFinal) {
      item({"终点", "end"}, entry.parent == 0 ? words({"案件办结", "the case is closed"})
                                              : words({"本部分完成", "this part is done"}));
    }
    if (text_ != before) text_ += "\n";
    for (const Step& step : steps_of(subject_, state)) {
      std::size_t alternative = step.transitions.size() > 1 ? 1 : 0;
      for (const auto transition : step.transitions) {
        text_ += manual_step(subject_, known_, transition, alternative, language_);
        if (alternative > 0) ++alternative;
      }
    }
  }

  [[nodiscard]] std::string stage_words(const std::string& code) const {
    const auto table = known_.codes.find("stages");
    if (code.empty() || table == known_.codes.end()) return {};
    for (const Code& entry : table->second) {
      if (entry.code == code) return markdown_escaped(words(entry.title)) + " `" + code + "`";
    }
    return {};
  }

  [[nodiscard]] std::string limit_words(const StateNotes& notes) const {
    if (!notes.time_limit) {
      const std::string reason = markdown_escaped(words(notes.no_time_limit));
      return reason.empty() ? "" : words({"无（", "none ("}) + reason + words({"）", ")"});
    }
    const std::string limit = markdown_escaped(duration_from(*notes.time_limit, language_));
    const RuleId& rule = notes.time_limit->rule;
    if (rule.empty()) return limit;
    return limit + words({"，依据 ", "; "}) + cited({rule}, known_, language_);
  }

  // What a state with states inside is made of, and how it is finished.
  [[nodiscard]] std::string parts_words(StateIndex state) const {
    const bool parallel = subject_.chart().state(state).kind == StateKind::kParallel;
    std::vector<std::string> titles;
    for (const StateIndex child : children(subject_.chart(), state)) {
      if (subject_.chart().state(child).kind != StateKind::kHistory)
        titles.push_back(title_of(child));
    }
    if (titles.empty()) return {};
    const std::string list = joined(titles, words({"、", ", "}));
    if (parallel)
      return list +
             words({"（同时进行，全部完成才算完成）", " (at the same time, until all are done)"});
    return list;
  }

  void write_materials() {
    if (definition_.materials().empty()) return;
    heading(2, {"材料", "Materials"});
    for (const auto& [kind, title] : definition_.materials()) {
      text_ += "- " + markdown_escaped(words(title)) + " `" + kind + "`\n";
    }
    text_ += "\n";
  }

  const Definition& definition_;
  Subject subject_;
  const Register& known_;
  Language language_;
  std::string text_;
};

}  // namespace

std::string manual(const Definition& definition, const Register& known, Language language) {
  return Writer(definition, known, language).write();
}

}  // namespace mingjian::render
